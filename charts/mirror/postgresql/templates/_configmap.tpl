{{/* Arguments: context, component (optional), name, data (map of texts that may hold templates). */}}
{{- define "postgresql.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .name }}
  namespace: {{ .context.Release.Namespace }}
  labels: {{- include "postgresql.labels" . | nindent 4 }}
  {{- include "postgresql.annotations" (dict "context" .context) }}
data:
  {{- range $file, $text := .data }}
  {{- with $text }}
  {{ $file }}: |-
    {{- tpl . $.context | nindent 4 }}
  {{- end }}
  {{- end }}
{{- end -}}
