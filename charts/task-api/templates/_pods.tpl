{{/* Parts that the pods of the agent, the hooks and the test have in common. */}}

{{/* Arguments: image { registry, repository, tag, digest }, context. */}}
{{- define "task-api.imageReference" -}}
{{- $registry := (.context.Values.global).imageRegistry | default .image.registry -}}
{{- $repository := ternary (printf "%s/%s" $registry .image.repository) .image.repository (ne $registry "") -}}
{{- if .image.digest -}}
{{- printf "%s@%s" $repository .image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (.image.tag | default .context.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{- define "task-api.image" -}}
{{- include "task-api.imageReference" (dict "image" .Values.image "context" .) -}}
{{- end -}}

{{/* A digest belongs to one repository and one tag, so it is not taken over when either is replaced. */}}
{{- define "task-api.migrationImage" -}}
{{- $own := .Values.migrations.image -}}
{{- $digest := ternary "" .Values.image.digest (or (ne $own.repository "") (ne $own.tag "")) -}}
{{- $image := dict "registry" ($own.registry | default .Values.image.registry) "repository" ($own.repository | default .Values.image.repository) "tag" ($own.tag | default .Values.image.tag) "digest" ($own.digest | default $digest) -}}
{{- include "task-api.imageReference" (dict "image" $image "context" .) -}}
{{- end -}}

{{/* Everything of a pod's spec that is the same for all pods of this chart. */}}
{{- define "task-api.podDefaults" -}}
enableServiceLinks: false
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with concat ((.Values.global).imagePullSecrets | default list) (.Values.imagePullSecrets | default list) }}
imagePullSecrets:
  {{- range . }}
  - name: {{ kindIs "map" . | ternary (get (kindIs "map" . | ternary . dict) "name") . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* Replaces variables of `base` by those of the same name in `extra`: server-side apply refuses a name that occurs twice. */}}
{{- define "task-api.mergeEnv" -}}
{{- $replaced := list -}}
{{- range .extra }}{{ $replaced = append $replaced .name }}{{ end -}}
{{- $env := list -}}
{{- range .base }}{{ if not (has .name $replaced) }}{{ $env = append $env . }}{{ end }}{{ end -}}
{{- toYaml (concat $env (.extra | default list)) -}}
{{- end -}}

{{/* Variables that name the mounted password files. Arguments: component, context. */}}
{{- define "task-api.credentials.env" -}}
{{- $directory := (include "task-api.contract" .context | fromJson).directories.credentials -}}
{{- range include "task-api.credentials.mounts" . | fromYamlArray }}
- name: {{ .env }}
  value: {{ printf "%s/%s" $directory .path }}
{{- end }}
{{- end -}}

{{/* Volume with the passwords that a component needs and no others. Arguments: component, context. */}}
{{- define "task-api.credentials.volume" -}}
{{- $context := .context -}}
name: credentials
projected:
  # 0440 in decimal: the group of the pod reads, nobody writes.
  defaultMode: 288
  sources:
    {{- range include "task-api.credentials.mounts" . | fromYamlArray }}
    - secret:
        name: {{ tpl .secret $context }}
        items:
          - key: {{ .key }}
            path: {{ .path }}
    {{- end }}
{{- end -}}

{{- define "task-api.credentials.volumeMount" -}}
name: credentials
mountPath: {{ (include "task-api.contract" . | fromJson).directories.credentials }}
readOnly: true
{{- end -}}

{{- define "task-api.tmp.volume" -}}
name: tmp
emptyDir:
  sizeLimit: {{ .Values.tmpVolume.sizeLimit }}
{{- end -}}

{{- define "task-api.tmp.volumeMount" -}}
name: tmp
mountPath: {{ (include "task-api.contract" . | fromJson).directories.tmp }}
{{- end -}}

{{/* Addresses inline: a hook before an upgrade would still see the connection Secret of the previous revision. */}}
{{- define "task-api.inlineConnectionEnv" -}}
- name: DATABASE_URL
  value: {{ include "task-api.database.url" .context | quote }}
{{- if and (ne .component "migration") (include "task-api.redis.present" .context) }}
- name: REDIS_URL
  value: {{ include "task-api.redis.url" .context | quote }}
{{- end }}
{{- include "task-api.credentials.env" . }}
{{- end -}}

{{- define "task-api.migrationEnv" -}}
- name: LOG_LEVEL
  value: {{ .Values.config.logLevel | quote }}
- name: MIGRATION_LOCK_TIMEOUT_MS
  value: {{ .Values.migrations.lockTimeoutMs | int64 | quote }}
- name: MIGRATION_WAIT_FOR_DB_MS
  value: {{ .Values.migrations.waitForDatabaseMs | int64 | quote }}
{{ include "task-api.inlineConnectionEnv" (dict "component" "migration" "context" .) }}
{{- end -}}

{{/* The container of the hook Job and of the agent's init container: same command, same lock. */}}
{{- define "task-api.migrationContainer" -}}
{{- $env := include "task-api.migrationEnv" . | fromYamlArray -}}
name: migrate
image: {{ include "task-api.migrationImage" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
args:
  {{- (include "task-api.contract" . | fromJson).commands.migrate | toYaml | nindent 2 }}
env:
  {{- include "task-api.mergeEnv" (dict "base" $env "extra" .Values.migrations.extraEnv) | nindent 2 }}
{{- with .Values.migrations.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
resources:
  {{- toYaml .Values.migrations.resources | nindent 2 }}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
volumeMounts:
  - {{ include "task-api.credentials.volumeMount" . | nindent 4 | trim }}
  - {{ include "task-api.tmp.volumeMount" . | nindent 4 | trim }}
  {{- with .Values.migrations.volumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
