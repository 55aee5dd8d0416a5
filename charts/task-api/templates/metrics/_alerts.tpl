{{/*
The chart's alerts. Each is a rule of Prometheus without its runbook, which prometheusrule.yaml adds by name.
`$agent` selects the targets of this release, `$pods` its pods in kube-state-metrics.
*/}}
{{- define "task-api.alerts" -}}
{{- $thresholds := .Values.metrics.prometheusRule.thresholds -}}
{{- $fullname := include "task-api.fullname" . -}}
{{- $agent := printf "namespace=%q, job=%q" .Release.Namespace $fullname -}}
{{- $pods := printf "namespace=%q, pod=~\"%s-.+\"" .Release.Namespace $fullname -}}
{{- $migrate := include "task-api.suffixedName" (dict "suffix" "migrate" "context" .) -}}
{{- $postgresql := include "task-api.dependency.fullname" (dict "name" "postgresql" "context" .) -}}
{{- $redis := include "task-api.dependency.fullname" (dict "name" "redis" "context" .) -}}
- alert: TaskApiAgentDown
  expr: sum(up{ {{- $agent -}} }) < 1 or absent(up{ {{- $agent -}} })
  for: 2m
  labels:
    severity: critical
  annotations:
    summary: No agent pod answers
    description: Prometheus has reached no pod of {{ $fullname }} for two minutes, so every request fails.
- alert: TaskApiHighErrorRate
  expr: |-
    sum(rate(task_api_http_requests_total{ {{- $agent }}, status=~"5.."}[5m]))
      / sum(rate(task_api_http_requests_total{ {{- $agent -}} }[5m])) > {{ $thresholds.errorRatio }}
  for: 5m
  labels:
    severity: critical
  annotations:
    summary: Many responses are server errors
    description: '{{ "{{ $value | humanizePercentage }}" }} of the responses of {{ $fullname }} have had a status of 500 or above for five minutes.'
- alert: TaskApiModelEndpointFailing
  expr: |-
    sum(rate(task_api_model_requests_total{ {{- $agent }}, outcome!="success"}[10m]))
      / sum(rate(task_api_model_requests_total{ {{- $agent -}} }[10m])) > {{ $thresholds.modelErrorRatio }}
  for: 10m
  labels:
    severity: warning
  annotations:
    summary: Calls of the model fail
    description: '{{ "{{ $value | humanizePercentage }}" }} of the calls of the model by {{ $fullname }} have failed for ten minutes.'
- alert: TaskApiRunBacklog
  expr: max(task_api_runs_queued{ {{- $agent -}} }) > {{ $thresholds.queuedRuns }}
  for: 15m
  labels:
    severity: warning
  annotations:
    summary: Runs wait for workers
    description: '{{ "{{ $value }}" }} runs of {{ $fullname }} have been waiting for a worker for fifteen minutes.'
- alert: TaskApiDatabaseUnreachable
  expr: max(task_api_dependency_up{ {{- $agent }}, dependency="postgresql"}) < 1
  for: 1m
  labels:
    severity: critical
  annotations:
    summary: PostgreSQL does not answer
    description: No pod of {{ $fullname }} has reached PostgreSQL for a minute, so no pod is ready.
- alert: TaskApiCacheUnreachable
  expr: max(task_api_dependency_up{ {{- $agent }}, dependency="redis"}) < 1
  for: 5m
  labels:
    severity: warning
  annotations:
    summary: Redis does not answer
    description: No pod of {{ $fullname }} has reached Redis for five minutes; answers come without cache, slower and at full price.
- alert: TaskApiDatabasePoolExhausted
  expr: min(task_api_database_pool_connections{ {{- $agent }}, state="waiting"}) > 0
  for: 5m
  labels:
    severity: warning
  annotations:
    summary: Requests wait for a database connection
    description: In every pod of {{ $fullname }} requests have been waiting for a database connection for five minutes.
- alert: TaskApiSchemaBehind
  expr: max(task_api_schema_version{ {{- $agent -}} }) < max(task_api_schema_required{ {{- $agent -}} })
  for: 10m
  labels:
    severity: critical
  annotations:
    summary: The schema is older than the agent needs
    description: Pods of {{ $fullname }} have needed a newer schema than the database has for ten minutes.
- alert: TaskApiMigrationFailed
  expr: max(kube_job_status_failed{namespace={{ .Release.Namespace | quote }}, job_name={{ $migrate | quote }}}) > 0
  labels:
    severity: critical
  annotations:
    summary: A migration has failed
    description: A pod of the Job {{ $migrate }} has failed, so the upgrade stands still while the old pods serve.
- alert: TaskApiPodRestarting
  expr: max by (pod) (increase(kube_pod_container_status_restarts_total{ {{- $pods -}} }[15m])) > 3
  labels:
    severity: warning
  annotations:
    summary: A pod restarts again and again
    description: '{{ "{{ $labels.pod }}" }} has restarted {{ "{{ $value | humanize }}" }} times in fifteen minutes.'
- alert: TaskApiPodEvicted
  expr: max by (pod) (kube_pod_status_reason{ {{- $pods }}, reason="Evicted"}) > 0
  labels:
    severity: warning
  annotations:
    summary: A pod was evicted
    description: The kubelet has evicted {{ "{{ $labels.pod }}" }} because its node ran short of memory or disk.
- alert: TaskApiVolumeAlmostFull
  expr: |-
    min by (persistentvolumeclaim) (
      kubelet_volume_stats_available_bytes{namespace={{ .Release.Namespace | quote }}, persistentvolumeclaim=~"(redis-)?data-({{ $postgresql }}|{{ $redis }})-.+"}
        / kubelet_volume_stats_capacity_bytes
    ) < {{ $thresholds.volumeFreeRatio }}
  for: 10m
  labels:
    severity: critical
  annotations:
    summary: A database volume is almost full
    description: '{{ "{{ $labels.persistentvolumeclaim }}" }} has only {{ "{{ $value | humanizePercentage }}" }} left; PostgreSQL stops when it is full.'
{{- end -}}
