import ts from "typescript";

/** What an emitted module consists of, in the order of its text. */
export interface ModuleShape {
  /** The kinds of its nodes without the import declarations; names and literals count as themselves only. */
  readonly skeleton: string;
  /** Values of string literals, and names of members and properties. */
  readonly strings: readonly string[];
  /** Names that the module declares or imports. */
  readonly declared: ReadonlySet<string>;
  /** Names that it refers to as variables or types. */
  readonly referenced: ReadonlySet<string>;
  readonly imports: readonly { readonly specifier: string; readonly names: readonly string[] }[];
  readonly comments: readonly string[];
  /** What must not be there: `eval`, `import()` and their like. */
  readonly forbidden: readonly string[];
  readonly syntaxErrors: readonly string[];
}

/** Parses a module back and takes it apart. */
export function shapeOf(text: string): ModuleShape {
  const file = ts.createSourceFile("module.ts", text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  const parts: string[] = [];
  const strings: string[] = [];
  const declared = new Set<string>();
  const referenced = new Set<string>();
  const imports: { readonly specifier: string; readonly names: readonly string[] }[] = [];
  const forbidden: string[] = [];

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings;
      const elements = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
      for (const element of elements) declared.add(element.name.text);
      const specifier = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : "";
      imports.push({ specifier, names: elements.map((element) => (element.propertyName ?? element.name).text) });
      return;
    }
    if (ts.isAsExpression(node) && node.type.getText() === "const") return visit(node.expression);
    note(node);
    if (isWritten(node)) return;
    ts.forEachChild(node, visit);
    parts.push(") ");
  };

  const note = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) strings.push(node.text);
    if (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand)) parts.push("Number ");
    else if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) parts.push("Number ");
    else if (ts.isStringLiteralLike(node)) parts.push("String ");
    else if (ts.isIdentifier(node)) {
      parts.push("Name ");
      if (ts.isMetaProperty(node.parent)) return;
      (isDeclaration(node) ? declared : referenced).add(node.text);
    } else parts.push(`${ts.SyntaxKind[node.kind]}(`);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) forbidden.push("import()");
    if (ts.isIdentifier(node) && /^(?:eval|Function|require|globalThis|arguments)$/.test(node.text)) forbidden.push(node.text);
    if (ts.isTemplateExpression(node) || ts.isTaggedTemplateExpression(node) || ts.isWithStatement(node) || ts.isNonNullExpression(node)) forbidden.push(ts.SyntaxKind[node.kind]);
    if (node.kind === ts.SyntaxKind.AnyKeyword) forbidden.push("any");
  };

  /** Members and properties: `a.b` and `a["b"]`, `{ b: c }`, `{ "b": c }` and `{ c }` are one shape each. */
  const isWritten = (node: ts.Node): boolean => {
    if (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand)) {
      parts.push(") ");
      return true;
    }
    if (ts.isPropertyAccessExpression(node)) {
      written("Access", node.expression);
      strings.push(node.name.text);
      return true;
    }
    if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression)) return written("Access", node.expression, node.argumentExpression);
    if (ts.isPropertyAssignment(node)) return written("Property", ...quoted(node.name), node.initializer);
    if (ts.isShorthandPropertyAssignment(node)) {
      strings.push(node.name.text);
      referenced.add(node.name.text);
      parts.splice(-1, 1, "Property(Name ) )");
      return true;
    }
    if (ts.isPropertySignature(node)) return written("Field", ...quoted(node.name), ...(node.type === undefined ? [] : [node.type]));
    return false;
  };

  const written = (kind: string, ...children: readonly ts.Node[]): boolean => {
    parts.splice(-1, 1, `${kind}(`);
    for (const child of children) {
      if (ts.isStringLiteral(child) && kind !== "Property") strings.push(child.text);
      else visit(child);
    }
    parts.push(")");
    return true;
  };

  const quoted = (name: ts.PropertyName): readonly ts.Node[] => {
    const literal = ts.isComputedPropertyName(name) ? name.expression : name;
    if (ts.isStringLiteral(literal) || ts.isIdentifier(literal)) strings.push(literal.text);
    else forbidden.push(`property ${literal.getText(file)}`);
    return [];
  };

  ts.forEachChild(file, visit);
  const diagnostics = (file as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
  return {
    skeleton: parts.join(""),
    strings,
    declared,
    referenced,
    imports,
    comments: commentsOf(text),
    forbidden,
    syntaxErrors: diagnostics.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")),
  };
}

function isDeclaration(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    ((ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isFunctionDeclaration(parent) || ts.isInterfaceDeclaration(parent) || ts.isMethodDeclaration(parent)) && parent.name === node) ||
    (ts.isBindingElement(parent) && (parent.name === node || parent.propertyName === node)) ||
    ts.isMethodDeclaration(parent)
  );
}

function commentsOf(text: string): readonly string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, text);
  const comments: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia) comments.push(scanner.getTokenText());
  }
  return comments;
}
