import { isMap, type Json } from '../src/json.ts';

/** JSON with one line for each entry of each section: small, and a change shows as the lines that changed. */
export function linePerEntry(sections: Readonly<Record<string, Json>>): string {
  return `{\n${Object.entries(sections).map(sectionText).join(',\n')}\n}\n`;
}

function sectionText([name, section]: readonly [string, Json]): string {
  const key = JSON.stringify(name);
  if (!isMap(section)) return `${key}: ${JSON.stringify(section)}`;
  const lines = Object.entries(section).map(([entry, value]) => `  ${JSON.stringify(entry)}: ${JSON.stringify(value)}`);
  return `${key}: {\n${lines.join(',\n')}\n}`;
}
