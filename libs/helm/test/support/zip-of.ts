import { crc32 } from 'node:zlib';

/** A zip archive of these files, stored without compression. */
export function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).map(([name, content]) => ({
    name: Buffer.from(name),
    data: Buffer.from(content),
  }));
  const bodies = entries.map((entry) => Buffer.concat([header(entry), entry.name, entry.data]));
  const offsets = bodies.map((_, index) => bodies.slice(0, index).reduce((sum, { length }) => sum + length, 0));
  const directory = entries.map((entry, index) =>
    Buffer.concat([directoryHeader(entry, offsets[index] ?? 0), entry.name]),
  );
  return Buffer.concat([...bodies, ...directory, endOf(bodies, directory)]);
}

interface Entry {
  readonly name: Buffer;
  readonly data: Buffer;
}

/** The fields that both headers share: versions and flags are 0 or the oldest, sizes and checksum are real. */
function common({ name, data }: Entry): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt32LE(crc32(data), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(data.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function header(entry: Entry): Buffer {
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common(entry)]);
}

function directoryHeader(entry: Entry, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common(entry), rest]);
}

function endOf(bodies: readonly Buffer[], directory: readonly Buffer[]): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(Buffer.concat(bodies).length, 16);
  return end;
}
