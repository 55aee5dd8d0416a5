{{/* Arguments: context, component, name, pdb. */}}
{{- define "postgresql.podDisruptionBudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .name }}
  namespace: {{ .context.Release.Namespace }}
  labels: {{- include "postgresql.labels" . | nindent 4 }}
  {{- include "postgresql.annotations" (dict "context" .context) }}
spec:
  {{- range $key := list "minAvailable" "maxUnavailable" }}
  {{- $value := index $.pdb $key }}
  {{- if ne (toString $value) "" }}
  {{ $key }}: {{ $value }}
  {{- end }}
  {{- end }}
  selector:
    matchLabels: {{- include "postgresql.selectorLabels" . | nindent 6 }}
{{- end -}}
