export { buildProgram, type Execute } from './program.ts';
