{{/* What the start scripts and the probes read. Arguments: context, node, component. */}}
{{- define "redis.environment" -}}
{{- $values := .context.Values -}}
{{- $isReplica := eq .component "replica" -}}
- name: BITNAMI_DEBUG
  value: {{ $values.image.debug | quote }}
- name: REDIS_REPLICATION_MODE
  value: {{ .component }}
{{- if $isReplica }}
- name: REDIS_MASTER_HOST
  value: {{ include "redis.fullname" .context }}-master-0.{{ include "redis.headlessHost" .context }}
- name: REDIS_MASTER_PORT_NUMBER
  value: {{ $values.master.containerPorts.redis | quote }}
{{- end }}
- name: ALLOW_EMPTY_PASSWORD
  value: {{ $values.auth.enabled | ternary "no" "yes" | quote }}
{{- if $values.auth.enabled }}
{{- include "redis.passwordVariable" (dict "name" "REDIS_PASSWORD" "context" .context) }}
{{- if $isReplica }}
{{- include "redis.passwordVariable" (dict "name" "REDIS_MASTER_PASSWORD" "context" .context) }}
{{- end }}
{{- end }}
- name: REDIS_TLS_ENABLED
  value: "no"
- name: REDIS_PORT
  value: {{ .node.containerPorts.redis | quote }}
{{- with .node.extraEnvVars }}
{{ include "redis.render" (dict "value" . "context" $.context) }}
{{- end }}
{{- end -}}
