// Emitted from once-each.sluice; change the job and run `sluice build`.
//
// Sink payments [append] into foreach (at least once; versions are unique only with a checkpoint)
//   Source incoming: file, json, reads id, account, amount
//
// Sink balances [update] into foreach (at least once; versions are unique only with a checkpoint)
//   Project account, balance, cast(payments_count as int) as payments
//     Aggregate [onChange] key=[account] balance=sum(amount) payments_count=count()   state balances/aggregate: keys
//       Source incoming: file, json, reads account, amount
import {
  asap,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  intFromLong,
  type JsonWriter,
  runMain,
  stringParam,
  sumDouble,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { foreachSink } from "../runtime/connectors/foreach.ts";
import { balanceLedger, paymentLedger } from "../examples/once-each/ledger.ts";
import {
  type IncomingColumns,
  type IncomingForBalancesColumns,
  incomingForBalancesReader,
  incomingReader,
} from "./once-each.reader.ts";

/** A row of payments. */
export interface PaymentsRow {
  readonly id: number;
  readonly account: string;
  readonly amount: number;
}

function writePayments(row: PaymentsRow, out: JsonWriter): void {
  out.raw('{"id":');
  out.int(row.id);
  out.raw(',"account":');
  out.text(row.account);
  out.raw(',"amount":');
  out.double(row.amount);
  out.raw('}');
}

/** The query payments, line 16 of once-each.sluice. */
export const payments = defineQuery<PaymentsRow>({
  name: "payments",
  mode: "append",
  trigger: () => asap,
  reads: {
    incoming: {
      input: "incoming",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "folder"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: incomingReader,
      malformed: "fail",
    },
  },
  sink: () => foreachSink(paymentLedger, (row: PaymentsRow) => ({ id: row.id, account: row.account, amount: row.amount })),
  needsCheckpoint: false,
  columns: [
    { name: "id", type: "int", nullable: false },
    { name: "account", type: "string", nullable: false },
    { name: "amount", type: "double", nullable: false },
  ],
  encodeJson: writePayments,
  plan: [
    "Sink payments [append] into foreach (at least once; versions are unique only with a checkpoint)",
    "  Source incoming: file, json, reads id, account, amount",
  ].join("\n"),
  build(context) {
    // incoming |> into    line 17
    function process(batch: ColumnBatch<IncomingColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        context.output.insert({ id: columns.id[row], account: columns.account.text(row), amount: columns.amount[row] });
      }
    }

    return { reads: { incoming: process } };
  },
});

/** A row of balances. */
export interface BalancesRow {
  readonly account: string;
  readonly balance: number | null;
  readonly payments: number;
}

function writeBalances(row: BalancesRow, out: JsonWriter): void {
  out.raw('{"account":');
  out.text(row.account);
  out.raw(',"balance":');
  out.double(row.balance);
  out.raw(',"payments":');
  out.int(row.payments);
  out.raw('}');
}

/** The query balances, line 20 of once-each.sluice. */
export const balances = defineQuery<BalancesRow>({
  name: "balances",
  mode: "update",
  trigger: () => asap,
  reads: {
    incoming: {
      input: "incoming",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "folder"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: incomingForBalancesReader,
      malformed: "fail",
    },
  },
  sink: () => foreachSink(balanceLedger, (row: BalancesRow) => ({ account: row.account, balance: row.balance, payments: row.payments })),
  needsCheckpoint: false,
  columns: [
    { name: "account", type: "string", nullable: false },
    { name: "balance", type: "double", nullable: true },
    { name: "payments", type: "int", nullable: false },
  ],
  key: ["account"],
  encodeJson: writeBalances,
  plan: [
    "Sink balances [update] into foreach (at least once; versions are unique only with a checkpoint)",
    "  Project account, balance, cast(payments_count as int) as payments",
    "    Aggregate [onChange] key=[account] balance=sum(amount) payments_count=count()   state balances/aggregate: keys",
    "      Source incoming: file, json, reads account, amount",
  ].join("\n"),
  build(context) {
    const balancesGroups = context.groups("balances/aggregate", {
      key: { account: "string" },
      lanes: () => ({ balance: sumDouble(), payments_count: count() }),
    });

    // incoming |> aggregate    line 22
    function process(batch: ColumnBatch<IncomingForBalancesColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const slot = balancesGroups.slotOfText(columns.account, row);
        balancesGroups.lanes.balance.add(slot, columns.amount[row]);
        balancesGroups.lanes.payments_count.add(slot);
      }
    }

    function finish(): void {
      // balances/aggregate |> select |> into    line 22
      const groups = balancesGroups.changes();
      for (const slot of groups.slots) {
        context.output.write(groups.markPresent(slot), {
          account: groups.keys.account.get(slot),
          balance: groups.lanes.balance.get(slot),
          payments: intFromLong(groups.lanes.payments_count.get(slot)),
        });
      }
    }

    return { reads: { incoming: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "once-each",
  settings: { timezone: "UTC", statePartitions: 3, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    folder: { type: "string", default: () => "examples/once-each/data" },
  },
  queries: [payments, balances],
  sideOutputs: [],
});

await runMain(import.meta, job);
