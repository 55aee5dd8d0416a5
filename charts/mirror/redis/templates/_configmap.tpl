{{/* Arguments: context, name (last part of it), data (as YAML). */}}
{{- define "redis.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "redis.fullname" .context }}-{{ .name }}
  namespace: {{ .context.Release.Namespace }}
  labels: {{- include "redis.labels" (dict "context" .context) | nindent 4 }}
  {{- include "redis.annotations" (dict "context" .context) }}
data: {{- .data | nindent 2 }}
{{- end -}}
