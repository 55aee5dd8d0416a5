/** What a scenario asks of a cluster beyond what every Kubernetes has. */
export type Need = 'machines' | 'network-policy' | 'metrics' | 'registry';
