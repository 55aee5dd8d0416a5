{{/* Arguments of all: context, node, component, name (of the StatefulSet). */}}
{{- define "postgresql.volumeMounts" -}}
{{- $node := .node -}}
{{- if and (eq .component "primary") $node.initdb.scripts }}
- name: init-scripts
  mountPath: /docker-entrypoint-initdb.d
{{- end }}
{{- if $node.extendedConfiguration }}
- name: extended-configuration
  mountPath: {{ $node.persistence.mountPath }}/conf/conf.d
{{- end }}
{{- if include "postgresql.hasConfiguration" . }}
- name: configuration
  mountPath: {{ $node.persistence.mountPath }}/conf
{{- end }}
{{- if .context.Values.auth.usePasswordFiles }}
- name: passwords
  mountPath: /opt/bitnami/postgresql/secrets
  readOnly: true
{{- end }}
{{- if .context.Values.shmVolume.enabled }}
- name: dshm
  mountPath: /dev/shm
{{- end }}
- name: data
  mountPath: {{ $node.persistence.mountPath }}
  {{- with $node.persistence.subPath }}
  subPath: {{ . }}
  {{- end }}
{{- with $node.extraVolumeMounts }}
{{ include "postgresql.render" (dict "value" . "context" $.context) }}
{{- end }}
{{- end -}}

{{- define "postgresql.volumes" -}}
{{- $node := .node -}}
{{- if and (eq .component "primary") $node.initdb.scripts }}
- name: init-scripts
  configMap: { name: {{ .name }}-init-scripts }
{{- end }}
{{- if $node.extendedConfiguration }}
- name: extended-configuration
  configMap: { name: {{ .name }}-extended-configuration }
{{- end }}
{{- if include "postgresql.hasConfiguration" . }}
- name: configuration
  configMap: { name: {{ .name }}-configuration }
{{- end }}
{{- if .context.Values.auth.usePasswordFiles }}
- name: passwords
  secret: { secretName: {{ include "postgresql.secretName" .context }} }
{{- end }}
{{- if .context.Values.shmVolume.enabled }}
- name: dshm
  emptyDir:
    medium: Memory
    {{- with .context.Values.shmVolume.sizeLimit }}
    sizeLimit: {{ . }}
    {{- end }}
{{- end }}
{{- if not $node.persistence.enabled }}
- name: data
  emptyDir: {}
{{- else if $node.persistence.existingClaim }}
- name: data
  persistentVolumeClaim: { claimName: {{ tpl $node.persistence.existingClaim .context }} }
{{- end }}
{{- with $node.extraVolumes }}
{{ include "postgresql.render" (dict "value" . "context" $.context) }}
{{- end }}
{{- end -}}

{{/* Kind and version are written out: the API server adds them, and Argo CD would see a difference for ever. */}}
{{- define "postgresql.volumeClaimTemplates" -}}
{{- $persistence := .node.persistence -}}
{{- $storageClass := default $persistence.storageClass (.context.Values.global).storageClass -}}
volumeClaimTemplates:
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: data
      {{- with $persistence.labels }}
      labels: {{- include "postgresql.render" (dict "value" . "context" $.context) | nindent 8 }}
      {{- end }}
      {{- with $persistence.annotations }}
      annotations: {{- include "postgresql.render" (dict "value" . "context" $.context) | nindent 8 }}
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

{{- define "postgresql.hasConfiguration" -}}
{{- if and (eq .component "primary") (or .node.configuration .node.pgHbaConfiguration) }}true{{ end -}}
{{- end -}}
