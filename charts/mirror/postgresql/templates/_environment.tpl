{{/* What the image is told, in the order of the Bitnami contract. Arguments: context, node, component. */}}
{{- define "postgresql.environment" -}}
{{- $values := .context.Values -}}
- name: BITNAMI_DEBUG
  value: {{ $values.image.debug | quote }}
- name: POSTGRESQL_PORT_NUMBER
  value: {{ $values.containerPorts.postgresql | quote }}
- name: POSTGRESQL_VOLUME_DIR
  value: {{ .node.persistence.mountPath | quote }}
- name: PGDATA
  value: {{ $values.postgresqlDataDir | quote }}
{{- if include "postgresql.hasCustomUser" .context }}
- name: POSTGRES_USER
  value: {{ include "postgresql.username" .context | quote }}
{{- end }}
{{- include "postgresql.passwordVariable" (dict "name" "POSTGRES_PASSWORD" "key" (include "postgresql.userPasswordKey" .context) "context" .context) }}
{{- if and (include "postgresql.hasCustomUser" .context) $values.auth.enablePostgresUser }}
{{- include "postgresql.passwordVariable" (dict "name" "POSTGRES_POSTGRES_PASSWORD" "key" (include "postgresql.adminPasswordKey" .context) "context" .context) }}
{{- end }}
{{- if eq .component "primary" }}
{{- include "postgresql.primaryEnvironment" .context }}
{{- end }}
{{- if eq $values.architecture "replication" }}
{{- include "postgresql.replicationEnvironment" . }}
{{- end }}
{{- include "postgresql.serverEnvironment" . }}
{{- with .node.extraEnvVars }}
{{ include "postgresql.render" (dict "value" . "context" $.context) }}
{{- end }}
{{- end -}}

{{/* Only the first start of a primary creates databases. */}}
{{- define "postgresql.primaryEnvironment" -}}
{{- with include "postgresql.database" . }}
- name: POSTGRES_DATABASE
  value: {{ . | quote }}
{{- end }}
{{- with .Values.primary.initdb.args }}
- name: POSTGRES_INITDB_ARGS
  value: {{ . | quote }}
{{- end }}
{{- end -}}

{{- define "postgresql.replicationEnvironment" -}}
{{- $replication := .context.Values.replication }}
- name: POSTGRES_REPLICATION_MODE
  value: {{ eq .component "primary" | ternary "master" "slave" | quote }}
- name: POSTGRES_REPLICATION_USER
  value: {{ .context.Values.auth.replicationUsername | quote }}
{{- include "postgresql.passwordVariable" (dict "name" "POSTGRES_REPLICATION_PASSWORD" "key" (include "postgresql.replicationPasswordKey" .context) "context" .context) }}
- name: POSTGRES_CLUSTER_APP_NAME
  value: {{ $replication.applicationName | quote }}
{{- if eq .component "read" }}
- name: POSTGRES_MASTER_HOST
  value: {{ include "postgresql.primaryName" .context | quote }}
- name: POSTGRES_MASTER_PORT_NUMBER
  value: {{ include "postgresql.servicePort" (dict "node" .context.Values.primary "context" .context) | quote }}
{{- else if ne $replication.synchronousCommit "off" }}
- name: POSTGRES_SYNCHRONOUS_COMMIT_MODE
  value: {{ $replication.synchronousCommit | quote }}
- name: POSTGRES_NUM_SYNCHRONOUS_REPLICAS
  value: {{ $replication.numSynchronousReplicas | quote }}
{{- end }}
{{- end -}}

{{- define "postgresql.serverEnvironment" -}}
{{- $values := .context.Values -}}
{{- if eq .component "primary" }}
- name: POSTGRESQL_ENABLE_LDAP
  value: "no"
{{- end }}
- name: POSTGRESQL_ENABLE_TLS
  value: "no"
- name: POSTGRESQL_LOG_HOSTNAME
  value: {{ $values.audit.logHostname | quote }}
- name: POSTGRESQL_LOG_CONNECTIONS
  value: {{ $values.audit.logConnections | quote }}
- name: POSTGRESQL_LOG_DISCONNECTIONS
  value: {{ $values.audit.logDisconnections | quote }}
- name: POSTGRESQL_PGAUDIT_LOG_CATALOG
  value: {{ $values.audit.pgAuditLogCatalog | quote }}
- name: POSTGRESQL_CLIENT_MIN_MESSAGES
  value: {{ $values.audit.clientMinMessages | quote }}
- name: POSTGRESQL_SHARED_PRELOAD_LIBRARIES
  value: {{ $values.postgresqlSharedPreloadLibraries | quote }}
{{- end -}}

{{/* Arguments: context, node. */}}
{{- define "postgresql.servicePort" -}}
{{- $global := ((((.context.Values.global).postgresql).service).ports).postgresql -}}
{{- default .node.service.ports.postgresql $global -}}
{{- end -}}
