import { patientValues } from '../../world/patient-values.ts';

/** A release whose failures are not long in coming, whose pods go quickly, and whose volumes are of that StorageClass. */
export function handbookValues(storageClass: string) {
  return {
    ...patientValues,
    global: { storageClass },
    minReadySeconds: 0,
    drain: { delayMs: 500, runBudgetMs: 2000, closeDeadlineMs: 1000 },
    terminationGracePeriodSeconds: 10,
  } as const;
}
