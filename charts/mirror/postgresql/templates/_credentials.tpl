{{/* A value of `auth`, or its override for all charts of a release. Arguments: context, key. */}}
{{- define "postgresql.auth" -}}
{{- $global := default dict (((.context.Values.global).postgresql).auth) -}}
{{- default (index .context.Values.auth .key) (get $global .key) -}}
{{- end -}}

{{- define "postgresql.existingSecret" -}}
{{- include "postgresql.render" (dict "value" (include "postgresql.auth" (dict "key" "existingSecret" "context" .)) "context" .) -}}
{{- end -}}

{{- define "postgresql.secretName" -}}
{{- default (include "postgresql.fullname" .) (include "postgresql.existingSecret" .) -}}
{{- end -}}

{{/* A key of the Secret; only a Secret of the user's may have keys of another name. Arguments: context, key, name. */}}
{{- define "postgresql.secretKey" -}}
{{- $global := default dict ((((.context.Values.global).postgresql).auth).secretKeys) -}}
{{- $configured := default (index .context.Values.auth.secretKeys .key) (get $global .key) -}}
{{- if include "postgresql.existingSecret" .context -}}
{{- include "postgresql.render" (dict "value" (default .name $configured) "context" .context) -}}
{{- else -}}
{{- .name -}}
{{- end -}}
{{- end -}}

{{- define "postgresql.adminPasswordKey" -}}
{{- include "postgresql.secretKey" (dict "key" "adminPasswordKey" "name" "postgres-password" "context" .) -}}
{{- end -}}

{{- define "postgresql.replicationPasswordKey" -}}
{{- include "postgresql.secretKey" (dict "key" "replicationPasswordKey" "name" "replication-password" "context" .) -}}
{{- end -}}

{{/* Without a user of its own, a pod reads the superuser's password under the user's name. */}}
{{- define "postgresql.userPasswordKey" -}}
{{- if include "postgresql.hasCustomUser" . -}}
{{- include "postgresql.secretKey" (dict "key" "userPasswordKey" "name" "password" "context" .) -}}
{{- else -}}
{{- include "postgresql.adminPasswordKey" . -}}
{{- end -}}
{{- end -}}

{{- define "postgresql.username" -}}
{{- default "postgres" (include "postgresql.auth" (dict "key" "username" "context" .)) -}}
{{- end -}}

{{- define "postgresql.database" -}}
{{- include "postgresql.render" (dict "value" (include "postgresql.auth" (dict "key" "database" "context" .)) "context" .) -}}
{{- end -}}

{{- define "postgresql.hasCustomUser" -}}
{{- if ne (include "postgresql.username" .) "postgres" }}true{{ end -}}
{{- end -}}

{{/* One password as environment variable: its file's path, or a reference. Arguments: context, name, key. */}}
{{- define "postgresql.passwordVariable" -}}
{{- if .context.Values.auth.usePasswordFiles }}
- name: {{ .name }}_FILE
  value: /opt/bitnami/postgresql/secrets/{{ .key }}
{{- else }}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ include "postgresql.secretName" .context }}
      key: {{ .key }}
{{- end }}
{{- end -}}
