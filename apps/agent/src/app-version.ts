/** The release this process is. A test keeps it equal to the root package.json. */
export const appVersion = '0.1.0';

/** The oldest schema this release works with. Newer ones are fine: migrations only expand what is live. */
export const requiredSchemaVersion = 13;
