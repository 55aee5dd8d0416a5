interface Document {
  readonly paths?: object | undefined;
}

interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
}

/** The API as a page without any script: every route with what it does. */
export function referencePage(document: Document): string {
  const rows = operationsOf(document).map(({ method, path, operation }) => {
    const cells = [
      operation.tags?.[0] ?? '',
      `<code>${method.toUpperCase()} ${escaped(path)}</code>`,
      escaped(operation.summary ?? ''),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>task-api reference</title><link rel="stylesheet" href="/page.css"></head><body><main class="reference"><h1>task-api reference</h1>
<p>Schemas and examples: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1). Try it: <a href="/">the page</a>.</p>
<table><thead><tr><th scope="col">Group</th><th scope="col">Route</th><th scope="col">What it does</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></main></body></html>
`;
}

function operationsOf(
  document: Document,
): readonly { readonly method: string; readonly path: string; readonly operation: Operation }[] {
  const paths: readonly [string, Readonly<Record<string, Operation>>][] = Object.entries(document.paths ?? {});
  return paths.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
