import pc from 'picocolors';

const levels: Readonly<Record<number, (message: string) => string>> = {
  10: pc.dim,
  20: pc.dim,
  40: pc.yellow,
  50: pc.red,
  60: pc.red,
};

/** A line of the agent's log, which is JSON, as people read it: time, message, facts. Any other line stays as it is. */
export function readableLogLine(line: string): string {
  const entry = parseEntry(line);
  if (entry === undefined) return line;
  const { level, time, service: _service, reqId: _reqId, msg, err, ...facts } = entry;
  const paint = levels[Number(level)] ?? String;
  const parts = [timeOf(Number(time)), paint(String(msg ?? '')), ...describeFacts(facts), ...describeError(err)];
  return parts.join(' ');
}

type Entry = Readonly<Record<string, unknown>>;

function parseEntry(line: string): Entry | undefined {
  try {
    return line.startsWith('{') ? JSON.parse(line) : undefined;
  } catch {
    return undefined;
  }
}

function timeOf(milliseconds: number): string {
  return pc.dim(new Date(milliseconds).toTimeString().slice(0, 'hh:mm:ss'.length));
}

function describeFacts(facts: Entry): readonly string[] {
  return Object.entries(facts).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${pc.dim(`${name}=`)}${text}`;
  });
}

/** With its stack, which says the message first. */
function describeError(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return [];
  return ['stack' in error ? `\n${error.stack}` : JSON.stringify(error)];
}
