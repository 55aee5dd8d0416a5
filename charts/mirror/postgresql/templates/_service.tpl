{{/* The Service clients use. Arguments: context, node, component, name. */}}
{{- define "postgresql.service" -}}
{{- $service := .node.service -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .name }}
  namespace: {{ .context.Release.Namespace }}
  labels: {{- include "postgresql.labels" . | nindent 4 }}
  {{- include "postgresql.annotations" (dict "extra" $service.annotations "context" .context) }}
spec:
  type: {{ $service.type }}
  ports:
    - name: tcp-postgresql
      port: {{ include "postgresql.servicePort" . }}
      targetPort: tcp-postgresql
      {{- if and (ne $service.type "ClusterIP") $service.nodePorts.postgresql }}
      nodePort: {{ $service.nodePorts.postgresql }}
      {{- end }}
  selector: {{- include "postgresql.selectorLabels" . | nindent 4 }}
{{- end -}}

{{/* The Service that gives every pod a name, also while it is not ready: replicas look for the primary early. */}}
{{- define "postgresql.headlessService" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "postgresql.headlessName" .name }}
  namespace: {{ .context.Release.Namespace }}
  labels: {{- include "postgresql.labels" . | nindent 4 }}
  {{- include "postgresql.annotations" (dict "extra" .node.service.headless.annotations "context" .context) }}
spec:
  type: ClusterIP
  clusterIP: None
  publishNotReadyAddresses: true
  ports:
    - name: tcp-postgresql
      port: {{ include "postgresql.servicePort" . }}
      targetPort: tcp-postgresql
  selector: {{- include "postgresql.selectorLabels" . | nindent 4 }}
{{- end -}}
