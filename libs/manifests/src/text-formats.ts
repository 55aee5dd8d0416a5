import { isQuantity } from './quantity.ts';

/** A syntax that text must have, with the words that a message uses for it. */
export interface TextFormat {
  readonly accepts: (text: string) => boolean;
  readonly meaning: string;
}

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const dns1035Label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedPart = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const ipv4 = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.|$)){4}$/;
const ipv6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:.]*$/;
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const cronField = /^(\*|\?|[0-9A-Za-z]+(-[0-9A-Za-z]+)?)(\/[0-9]+)?(,(\*|[0-9A-Za-z]+(-[0-9A-Za-z]+)?)(\/[0-9]+)?)*$/;

/** By the name in a schema's `format`. The API server checks all of them; OpenAPI documents state only the first few. */
export const textFormats: Readonly<Record<string, TextFormat>> = {
  byte: { accepts: (text) => base64.test(text.replaceAll(/[\r\n]/g, '')), meaning: 'base64 text' },
  'date-time': { accepts: (text) => dateTime.test(text), meaning: 'a time such as 2030-01-31T12:00:00Z' },
  ipv4: { accepts: (text) => ipv4.test(text), meaning: 'an IPv4 address' },
  ipv6: { accepts: (text) => ipv6.test(text), meaning: 'an IPv6 address' },
  cidr: { accepts: isCidr, meaning: 'an address range such as 10.0.0.0/8' },
  'dns-label': {
    accepts: (text) => text.length <= 63 && dnsLabel.test(text),
    meaning: 'at most 63 lower-case letters, digits and "-", with a letter or digit at both ends',
  },
  'dns-1035-label': {
    accepts: (text) => text.length <= 63 && dns1035Label.test(text),
    meaning: 'at most 63 lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit',
  },
  'dns-subdomain': {
    accepts: (text) => text.length <= 253 && dnsSubdomain.test(text),
    meaning: 'at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends of every part',
  },
  'path-segment': { accepts: isPathSegment, meaning: 'text other than "." and "..", without "/" and "%"' },
  'host-pattern': { accepts: isHostPattern, meaning: 'a host name such as api.example.com or *.example.com' },
  'port-name': {
    accepts: isPortName,
    meaning:
      'at most 15 lower-case letters, digits and "-", with at least one letter and no "-" at an end or twice in a row',
  },
  'env-name': {
    accepts: (text) => /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text),
    meaning: 'letters, digits, "_", "-" and ".", not beginning with a digit',
  },
  'data-key': { accepts: isDataKey, meaning: 'at most 253 letters, digits, "-", "_" and ".", not "." or ".."' },
  'label-key': {
    accepts: isLabelKey,
    meaning: 'an optional DNS prefix with "/", then at most 63 letters, digits, "-", "_" and "."',
  },
  'label-value': {
    accepts: (text) => text === '' || (text.length <= 63 && qualifiedPart.test(text)),
    meaning: 'at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends, or empty',
  },
  'mount-path': { accepts: (text) => text !== '' && !text.includes(':'), meaning: 'a path without ":"' },
  'relative-path': {
    accepts: (text) => !text.startsWith('/') && !text.split('/').includes('..'),
    meaning: 'a relative path without ".."',
  },
  'absolute-path': { accepts: (text) => text.startsWith('/'), meaning: 'a path that begins with "/"' },
  'image-reference': { accepts: (text) => /^\S+$/.test(text), meaning: 'an image reference without blanks' },
  'cron-schedule': {
    accepts: isCronSchedule,
    meaning: 'five fields such as "0 3 * * *", or @hourly, @daily, @weekly, @monthly, @yearly',
  },
  'percentage-or-count': {
    accepts: (text) => /^[0-9]+%$/.test(text),
    meaning: 'a whole number that is not negative, or a percentage such as 25%',
  },
  'port-or-name': { accepts: isPortName, meaning: 'a port number from 1 to 65535 or the name of a port' },
  quantity: { accepts: isQuantity, meaning: 'a quantity such as 500m, 2, 256Mi or 1Gi' },
};

function isPathSegment(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !/[/%]/.test(text);
}

function isHostPattern(text: string): boolean {
  return dnsSubdomain.test(text.replace(/^\*\./, '')) && text.length <= 253 && !ipv4.test(text);
}

function isPortName(text: string): boolean {
  return text.length <= 15 && dnsLabel.test(text) && /[a-z]/.test(text) && !text.includes('--');
}

function isDataKey(text: string): boolean {
  return /^[-._a-zA-Z0-9]{1,253}$/.test(text) && text !== '.' && text !== '..';
}

function isLabelKey(text: string): boolean {
  const [name = '', prefix, ...more] = text.split('/').reverse();
  const isPrefixed = prefix === undefined || (prefix.length <= 253 && dnsSubdomain.test(prefix));
  return more.length === 0 && isPrefixed && name.length <= 63 && qualifiedPart.test(name);
}

function isCidr(text: string): boolean {
  const [address = '', length = '', ...more] = text.split('/');
  const isAddress = ipv4.test(address) ? Number(length) <= 32 : ipv6.test(address) && Number(length) <= 128;
  return more.length === 0 && isAddress && /^\d{1,3}$/.test(length);
}

function isCronSchedule(text: string): boolean {
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/.test(text)) return true;
  const fields = text.trim().split(/\s+/);
  return fields.length === 5 && fields.every((field) => cronField.test(field));
}
