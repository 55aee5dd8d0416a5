{{/* Where PostgreSQL and Redis are, bundled or external, and which Secret holds which password. */}}

{{/* Arguments: name (of the dependency), context. The result is common.names.fullname inside the dependency. */}}
{{- define "task-api.dependency.fullname" -}}
{{- $values := index .context.Values .name -}}
{{- if $values.fullnameOverride -}}
{{- $values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- include "task-api.releaseScopedName" (dict "name" ($values.nameOverride | default .name) "context" .context) -}}
{{- end -}}
{{- end -}}

{{- define "task-api.dependency.selectorLabels" -}}
app.kubernetes.io/name: {{ (index .context.Values .name).nameOverride | default .name | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .context.Release.Name }}
{{- end -}}

{{/* Value of global.postgresql.auth, which wins in the dependency too, else of postgresql.auth. Arguments: key, context. */}}
{{- define "task-api.postgresql.auth" -}}
{{- index ((((.context.Values.global).postgresql).auth) | default dict) .key | default (index .context.Values.postgresql.auth .key) -}}
{{- end -}}

{{/* Arguments: architecture, context. */}}
{{- define "task-api.postgresql.primaryName" -}}
{{- $fullname := include "task-api.dependency.fullname" (dict "name" "postgresql" "context" .context) -}}
{{- if eq .architecture "replication" -}}
{{- printf "%s-%s" $fullname ((.context.Values.postgresql.primary).name | default "primary") | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $fullname -}}
{{- end -}}
{{- end -}}

{{- define "task-api.database.host" -}}
{{- if .Values.postgresql.enabled -}}
{{- include "task-api.postgresql.primaryName" (dict "architecture" .Values.postgresql.architecture "context" .) -}}
{{- else -}}
{{- .Values.externalDatabase.host -}}
{{- end -}}
{{- end -}}

{{- define "task-api.database.port" -}}
{{- if .Values.postgresql.enabled -}}
{{- $own := ((((.Values.postgresql.primary).service).ports).postgresql) | default 5432 -}}
{{- (((((.Values.global).postgresql).service).ports).postgresql) | default $own | int -}}
{{- else -}}
{{- .Values.externalDatabase.port | int -}}
{{- end -}}
{{- end -}}

{{/* Without password: nothing in it has to be kept secret or percent-encoded. */}}
{{- define "task-api.database.url" -}}
{{- $address := printf "%s:%s" (include "task-api.database.host" .) (include "task-api.database.port" .) -}}
{{- if .Values.postgresql.enabled -}}
{{- $user := include "task-api.postgresql.auth" (dict "key" "username" "context" .) -}}
{{- $database := tpl (include "task-api.postgresql.auth" (dict "key" "database" "context" .)) . -}}
{{- printf "postgresql://%s@%s/%s" $user $address $database -}}
{{- else -}}
{{- $external := .Values.externalDatabase -}}
{{- printf "postgresql://%s@%s/%s?sslmode=%s" $external.user $address $external.database $external.sslMode -}}
{{- end -}}
{{- end -}}

{{- define "task-api.redis.present" -}}
{{- if or .Values.redis.enabled .Values.externalRedis.host }}true{{ end -}}
{{- end -}}

{{- define "task-api.redis.host" -}}
{{- if .Values.redis.enabled -}}
{{- printf "%s-master" (include "task-api.dependency.fullname" (dict "name" "redis" "context" .)) -}}
{{- else -}}
{{- .Values.externalRedis.host -}}
{{- end -}}
{{- end -}}

{{- define "task-api.redis.port" -}}
{{- if .Values.redis.enabled -}}
{{- ((((.Values.redis.master).service).ports).redis) | default 6379 | int -}}
{{- else -}}
{{- .Values.externalRedis.port | int -}}
{{- end -}}
{{- end -}}

{{- define "task-api.redis.url" -}}
{{- $address := printf "%s:%s" (include "task-api.redis.host" .) (include "task-api.redis.port" .) -}}
{{- if .Values.redis.enabled -}}
{{- printf "redis://%s/0" $address -}}
{{- else -}}
{{- $external := .Values.externalRedis -}}
{{- $scheme := ternary "rediss" "redis" $external.tls -}}
{{- $user := ternary (printf "%s@" $external.user) "" (ne $external.user "") -}}
{{- printf "%s://%s%s/%d" $scheme $user $address (int $external.database) -}}
{{- end -}}
{{- end -}}

{{- define "task-api.redis.authenticated" -}}
{{- if .Values.redis.enabled -}}
{{- if ne (toString .Values.redis.auth.enabled) "false" }}true{{ end -}}
{{- else if and .Values.externalRedis.host .Values.externalRedis.authenticated -}}
true
{{- end -}}
{{- end -}}

{{/* Data of the connection Secret. */}}
{{- define "task-api.connection.data" -}}
{{- $keys := (include "task-api.contract" . | fromJson).connectionKeys -}}
{{ $keys.databaseUrl }}: {{ include "task-api.database.url" . | b64enc }}
{{- if include "task-api.redis.present" . }}
{{ $keys.redisUrl }}: {{ include "task-api.redis.url" . | b64enc }}
{{- end }}
{{- end -}}

{{/* The default name is repeated in postgresql.auth.existingSecret and redis.auth.existingSecret: dependencies see no value of this chart. */}}
{{- define "task-api.credentials.name" -}}
{{- tpl (.Values.credentials.existingSecret | default "{{ .Release.Name }}-credentials") . -}}
{{- end -}}

{{/* existing, given, generated, or none when every password lies in a Secret of its own. */}}
{{- define "task-api.credentials.source" -}}
{{- if .Values.credentials.existingSecret -}}
existing
{{- else if include "task-api.credentials.data" . -}}
given
{{- else if or .Values.postgresql.enabled .Values.redis.enabled -}}
generated
{{- else -}}
none
{{- end -}}
{{- end -}}

{{/* Whether the hook that makes the credentials is needed: not once they are there, which only Helm can see; for Argo CD `lookup` finds nothing. */}}
{{- define "task-api.credentials.toMake" -}}
{{- if eq (include "task-api.credentials.source" .) "generated" -}}
{{- if not (lookup "v1" "Secret" .Release.Namespace (include "task-api.credentials.name" .)) }}true{{ end -}}
{{- end -}}
{{- end -}}

{{/* Data of the credentials Secret, one line for each given value. */}}
{{- define "task-api.credentials.data" -}}
{{- $credentials := .Values.credentials -}}
{{- $lines := list -}}
{{- range $name, $key := (include "task-api.contract" . | fromJson).credentialKeys -}}
{{- with index $credentials $name -}}
{{- $lines = append $lines (printf "%s: %s" $key (. | b64enc)) -}}
{{- end -}}
{{- end -}}
{{- join "\n" $lines -}}
{{- end -}}

{{/*
Which passwords a pod of a component mounts, as a list of { secret, key, path, env }.
Arguments: component, context. The paths are the contract's, whatever the key in the Secret is called.
*/}}
{{- define "task-api.credentials.mounts" -}}
{{- $values := .context.Values -}}
{{- $keys := (include "task-api.contract" .context | fromJson).credentialKeys -}}
{{- $shared := include "task-api.credentials.name" .context -}}
{{- $mounts := list -}}
{{- if $values.postgresql.enabled -}}
{{- $mounts = append $mounts (dict "secret" $shared "key" $keys.databasePassword "path" $keys.databasePassword "env" "DATABASE_PASSWORD_FILE") -}}
{{- else -}}
{{- $external := $values.externalDatabase -}}
{{- $mounts = append $mounts (dict "secret" ($external.existingSecret | default $shared) "key" $external.existingSecretPasswordKey "path" $keys.databasePassword "env" "DATABASE_PASSWORD_FILE") -}}
{{- end -}}
{{- if and (ne .component "migration") (include "task-api.redis.authenticated" .context) -}}
{{- $external := ternary dict $values.externalRedis $values.redis.enabled -}}
{{- $mounts = append $mounts (dict "secret" ($external.existingSecret | default $shared) "key" ($external.existingSecretPasswordKey | default $keys.redisPassword) "path" $keys.redisPassword "env" "REDIS_PASSWORD_FILE") -}}
{{- end -}}
{{- if and (eq .component "agent") $values.model.apiKey.enabled -}}
{{- $mounts = append $mounts (dict "secret" ($values.model.apiKey.existingSecret | default $shared) "key" $values.model.apiKey.existingSecretKey "path" $keys.modelApiKey "env" "MODEL_API_KEY_FILE") -}}
{{- end -}}
{{- if and (eq .component "agent") (eq $values.auth.mode "api-key") -}}
{{- $mounts = append $mounts (dict "secret" ($values.auth.existingSecret | default $shared) "key" $values.auth.existingSecretKey "path" $keys.apiKeys "env" "API_KEYS_FILE") -}}
{{- end -}}
{{- toYaml $mounts -}}
{{- end -}}
