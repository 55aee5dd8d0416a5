export { createTestDatabase, type DatabaseTemplate, type TestDatabase } from './test-database.ts';
export { connectTestPostgres, type TestPostgres } from './test-postgres.ts';
