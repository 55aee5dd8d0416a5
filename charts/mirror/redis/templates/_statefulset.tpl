{{/* The StatefulSet of the master or of the replicas. Arguments: context, node, component, name, replicas. */}}
{{- define "redis.statefulset" -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .name }}
  namespace: {{ .context.Release.Namespace }}
  labels: {{- include "redis.labels" (dict "component" .component "context" .context) | nindent 4 }}
  {{- include "redis.annotations" (dict "context" .context) }}
spec:
  replicas: {{ .replicas }}
  serviceName: {{ include "redis.fullname" .context }}-headless
  updateStrategy: {{- toYaml .node.updateStrategy | nindent 4 }}
  {{- with .node.podManagementPolicy }}
  podManagementPolicy: {{ . }}
  {{- end }}
  selector:
    matchLabels: {{- include "redis.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "redis.labels" (dict "component" .component "extra" .node.podLabels "context" .context) | nindent 8 }}
      {{- include "redis.podAnnotations" . }}
    spec:
      {{- include "redis.imagePullSecrets" .context }}
      serviceAccountName: {{ include "redis.nodeServiceAccountName" . }}
      automountServiceAccountToken: {{ .node.serviceAccount.automountServiceAccountToken }}
      {{- include "redis.scheduling" . | nindent 6 }}
      {{- include "redis.securityContext" (dict "values" .node.podSecurityContext "indent" 6) }}
      {{- with .node.initContainers }}
      initContainers: {{- include "redis.render" (dict "value" . "context" $.context) | nindent 8 }}
      {{- end }}
      containers:
        - name: redis
          image: {{ include "redis.image" .context }}
          imagePullPolicy: {{ .context.Values.image.pullPolicy }}
          {{- include "redis.securityContext" (dict "values" .node.containerSecurityContext "indent" 10) }}
          {{- $start := printf "/opt/bitnami/scripts/start-scripts/start-%s.sh" .component }}
          command: {{- default (list "/bin/bash") .node.command | toYaml | nindent 12 }}
          args: {{- default (list "-c" $start) .node.args | toYaml | nindent 12 }}
          {{- with .node.lifecycleHooks }}
          lifecycle: {{- include "redis.render" (dict "value" . "context" $.context) | nindent 12 }}
          {{- end }}
          env: {{- include "redis.environment" . | nindent 12 }}
          ports:
            - name: redis
              containerPort: {{ .node.containerPorts.redis }}
          {{- include "redis.probes" . | trim | nindent 10 }}
          resources: {{- toYaml .node.resources | nindent 12 }}
          volumeMounts: {{- include "redis.volumeMounts" . | trim | nindent 12 }}
        {{- with .node.sidecars }}
        {{- include "redis.render" (dict "value" . "context" $.context) | nindent 8 }}
        {{- end }}
      volumes: {{- include "redis.volumes" . | nindent 8 }}
  {{- if and .node.persistence.enabled (not .node.persistence.existingClaim) }}
  {{- include "redis.volumeClaimTemplates" . | nindent 2 }}
  {{- end }}
{{- end -}}
