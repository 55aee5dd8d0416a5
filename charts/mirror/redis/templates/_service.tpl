{{/* The Service clients use. Arguments: context, node, component, name. */}}
{{- define "redis.service" -}}
{{- $service := .node.service -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
  namespace: {{ .context.Release.Namespace }}
  labels: {{- include "redis.labels" . | nindent 4 }}
  {{- include "redis.annotations" (dict "extra" $service.annotations "context" .context) }}
spec:
  type: {{ $service.type }}
  ports:
    - name: tcp-redis
      port: {{ $service.ports.redis }}
      targetPort: redis
      {{- if and (ne $service.type "ClusterIP") $service.nodePorts.redis }}
      nodePort: {{ $service.nodePorts.redis }}
      {{- end }}
  selector: {{- include "redis.selectorLabels" . | nindent 4 }}
{{- end -}}

{{/* Arguments: context, component, name, account. */}}
{{- define "redis.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .name }}
  namespace: {{ .context.Release.Namespace }}
  labels: {{- include "redis.labels" (dict "context" .context) | nindent 4 }}
  {{- include "redis.annotations" (dict "extra" .account.annotations "context" .context) }}
automountServiceAccountToken: {{ .account.automountServiceAccountToken }}
{{- end -}}
