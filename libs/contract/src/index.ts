export { type AgentContract, agentContract } from './agent-contract.ts';
