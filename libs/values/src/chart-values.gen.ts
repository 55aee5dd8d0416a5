// Placeholder until charts/task-api/values.schema.json exists.
export interface ChartValues { readonly [key: string]: unknown }
