{{/* The StatefulSet of the primary or of the read replicas. Arguments: context, node, component, name, replicas. */}}
{{- define "postgresql.statefulset" -}}
{{- $values := .context.Values -}}
{{- $retention := .node.persistentVolumeClaimRetentionPolicy -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .name }}
  namespace: {{ .context.Release.Namespace }}
  labels: {{- include "postgresql.labels" (dict "component" .component "extra" .node.labels "context" .context) | nindent 4 }}
  {{- include "postgresql.annotations" (dict "extra" .node.annotations "context" .context) }}
spec:
  replicas: {{ .replicas }}
  serviceName: {{ include "postgresql.headlessName" .name }}
  updateStrategy: {{- toYaml .node.updateStrategy | nindent 4 }}
  {{- if $retention.enabled }}
  persistentVolumeClaimRetentionPolicy: {{- omit $retention "enabled" | toYaml | nindent 4 }}
  {{- end }}
  selector:
    matchLabels: {{- include "postgresql.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "postgresql.labels" (dict "component" .component "extra" .node.podLabels "context" .context) | nindent 8 }}
      {{- include "postgresql.podAnnotations" . }}
    spec:
      {{- include "postgresql.imagePullSecrets" .context }}
      serviceAccountName: {{ include "postgresql.serviceAccountName" .context }}
      {{- include "postgresql.scheduling" . | nindent 6 }}
      {{- include "postgresql.securityContext" (dict "values" .node.podSecurityContext "indent" 6) }}
      {{- with .node.initContainers }}
      initContainers: {{- include "postgresql.render" (dict "value" . "context" $.context) | nindent 8 }}
      {{- end }}
      containers:
        - name: postgresql
          image: {{ include "postgresql.image" .context }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          {{- include "postgresql.securityContext" (dict "values" .node.containerSecurityContext "indent" 10) }}
          {{- range $key := list "command" "args" "lifecycleHooks" }}
          {{- with index $.node $key }}
          {{ $key | replace "Hooks" "" }}: {{- include "postgresql.render" (dict "value" . "context" $.context) | nindent 12 }}
          {{- end }}
          {{- end }}
          env: {{- include "postgresql.environment" . | nindent 12 }}
          ports:
            - name: tcp-postgresql
              containerPort: {{ $values.containerPorts.postgresql }}
          {{- include "postgresql.probes" . | trim | nindent 10 }}
          resources: {{- toYaml .node.resources | nindent 12 }}
          volumeMounts: {{- include "postgresql.volumeMounts" . | trim | nindent 12 }}
        {{- with .node.sidecars }}
        {{- include "postgresql.render" (dict "value" . "context" $.context) | nindent 8 }}
        {{- end }}
      volumes: {{- default "[]" (include "postgresql.volumes" . | trim) | nindent 8 }}
  {{- if and .node.persistence.enabled (not .node.persistence.existingClaim) }}
  {{- include "postgresql.volumeClaimTemplates" . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* Configuration is read at the start only, so a change has to start the pods again. */}}
{{- define "postgresql.podAnnotations" -}}
{{- $configuration := list .node.extendedConfiguration -}}
{{- if eq .component "primary" -}}
{{- $configuration = append (append $configuration .node.configuration) .node.pgHbaConfiguration -}}
{{- end -}}
{{- $text := $configuration | compact | join "\n" -}}
{{- $checksum := empty $text | ternary dict (dict "checksum/configuration" (sha256sum $text)) -}}
{{- $given := include "postgresql.renderAll" (dict "values" (list .node.podAnnotations) "context" .context) | fromYaml -}}
{{- with merge $checksum $given -}}
{{- dict "annotations" . | toYaml | nindent 6 -}}
{{- end -}}
{{- end -}}
