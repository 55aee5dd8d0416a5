import { lookup } from 'node:dns/promises';

const attempts = 5;

/** The same URL by address: its name is asked for once, since it is the service that is judged, not the cluster's DNS. */
export async function withAddress(url: string): Promise<string> {
  const byAddress = new URL(url);
  const { address, family } = await ask(byAddress.hostname);
  byAddress.hostname = family === 6 ? `[${address}]` : address;
  return byAddress.href;
}

async function ask(name: string, attempt = 1): ReturnType<typeof lookup> {
  try {
    return await lookup(name);
  } catch (error) {
    if (attempt === attempts) throw error;
    return ask(name, attempt + 1);
  }
}
