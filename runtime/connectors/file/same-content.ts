import type { Host, OpenFile } from "../../host/host.ts";

const pieceBytes = 65_536;

/** Whether two files hold the same bytes. */
export function sameContent(host: Host, first: string, second: string): boolean {
  const a = host.fs.open(first, "read");
  try {
    const b = host.fs.open(second, "read");
    try {
      return sameBytes(a, b);
    } finally {
      b.close();
    }
  } finally {
    a.close();
  }
}

function sameBytes(a: OpenFile, b: OpenFile): boolean {
  const fromA = Buffer.alloc(pieceBytes);
  const fromB = Buffer.alloc(pieceBytes);
  for (let position = 0; ; ) {
    const count = readPiece(a, fromA, position);
    if (readPiece(b, fromB, position) !== count || fromA.compare(fromB, 0, count, 0, count) !== 0) return false;
    if (count < pieceBytes) return true;
    position += count;
  }
}

/** Fills the piece as far as the file goes. */
function readPiece(file: OpenFile, into: Uint8Array, position: number): number {
  let filled = 0;
  for (;;) {
    const count = file.read(into, filled, into.length - filled, position + filled);
    filled += count;
    if (count === 0 || filled === into.length) return filled;
  }
}
