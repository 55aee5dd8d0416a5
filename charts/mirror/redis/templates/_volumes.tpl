{{/* Arguments of all: context, node, component. */}}
{{- define "redis.volumeMounts" -}}
- name: start-scripts
  mountPath: /opt/bitnami/scripts/start-scripts
- name: health
  mountPath: /health
{{- if and .context.Values.auth.enabled .context.Values.auth.usePasswordFiles }}
- name: redis-password
  mountPath: /opt/bitnami/redis/secrets
  readOnly: true
{{- end }}
- name: redis-data
  mountPath: {{ .node.persistence.path }}
  {{- with .node.persistence.subPath }}
  subPath: {{ . }}
  {{- end }}
- name: config
  mountPath: /opt/bitnami/redis/mounted-etc
- name: redis-tmp-conf
  mountPath: /opt/bitnami/redis/etc
- name: tmp
  mountPath: /tmp
{{- with .node.extraVolumeMounts }}
{{ include "redis.render" (dict "value" . "context" $.context) }}
{{- end }}
{{- end -}}

{{- define "redis.volumes" -}}
{{- $fullname := include "redis.fullname" .context -}}
{{- $persistence := .node.persistence -}}
- name: start-scripts
  configMap: { name: {{ $fullname }}-scripts, defaultMode: 0755 }
- name: health
  configMap: { name: {{ $fullname }}-health, defaultMode: 0755 }
{{- if and .context.Values.auth.enabled .context.Values.auth.usePasswordFiles }}
- name: redis-password
  secret:
    secretName: {{ include "redis.secretName" .context }}
    items: [{ key: {{ include "redis.secretKey" .context }}, path: redis-password }]
{{- end }}
- name: config
  configMap: { name: {{ $fullname }}-configuration }
- name: redis-tmp-conf
  emptyDir: {}
- name: tmp
  emptyDir: {}
{{- if not $persistence.enabled }}
- name: redis-data
  emptyDir: {}
{{- else if $persistence.existingClaim }}
- name: redis-data
  persistentVolumeClaim: { claimName: {{ tpl $persistence.existingClaim .context }} }
{{- end }}
{{- with .node.extraVolumes }}
{{ include "redis.render" (dict "value" . "context" $.context) }}
{{- end }}
{{- end -}}

{{/* Kind and version are written out: the API server adds them, and Argo CD would see a difference for ever. */}}
{{- define "redis.volumeClaimTemplates" -}}
{{- $persistence := .node.persistence -}}
{{- $storageClass := default $persistence.storageClass (.context.Values.global).storageClass -}}
volumeClaimTemplates:
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: redis-data
      labels: {{- include "redis.selectorLabels" . | nindent 8 }}
      {{- with $persistence.annotations }}
      annotations: {{- include "redis.render" (dict "value" . "context" $.context) | nindent 8 }}
      {{- end }}
    spec:
      accessModes: {{- toYaml $persistence.accessModes | nindent 8 }}
      resources:
        requests:
          storage: {{ $persistence.size | quote }}
      {{- with $storageClass }}
      storageClassName: {{ eq . "-" | ternary "" . | quote }}
      {{- end }}
{{- end -}}
