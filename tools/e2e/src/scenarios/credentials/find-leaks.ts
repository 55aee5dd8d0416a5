import { passwordShapes } from './password-shapes.ts';

/** A place where passwords have no business, and the text that was found there. */
export interface PublicText {
  readonly place: string;
  readonly text: string;
}

export interface Leak {
  readonly place: string;
  /** Key of the password, never the password: the report must not be the next leak. */
  readonly key: string;
}

/** Looks for passwords in texts, as they are and as Secrets, connection strings, statements and logs would write them. */
export function findLeaks(passwords: Readonly<Record<string, string>>, texts: readonly PublicText[]): readonly Leak[] {
  return Object.entries(passwords).flatMap(([key, password]) => {
    const shapes = passwordShapes(password);
    return texts
      .filter(({ text }) => shapes.some((shape) => text.includes(shape)))
      .map(({ place }) => ({ place, key }));
  });
}
