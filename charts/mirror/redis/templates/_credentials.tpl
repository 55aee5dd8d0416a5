{{- define "redis.existingSecret" -}}
{{- include "redis.render" (dict "value" .Values.auth.existingSecret "context" .) -}}
{{- end -}}

{{- define "redis.secretName" -}}
{{- default (include "redis.fullname" .) (include "redis.existingSecret" .) -}}
{{- end -}}

{{/* Only a Secret of the user's may have a key of another name. */}}
{{- define "redis.secretKey" -}}
{{- $configured := include "redis.existingSecret" . | empty | ternary "" .Values.auth.existingSecretPasswordKey -}}
{{- include "redis.render" (dict "value" (default "redis-password" $configured) "context" .) -}}
{{- end -}}

{{- define "redis.password" -}}
{{- default .Values.auth.password ((.Values.global).redis).password -}}
{{- end -}}

{{/* The password as environment variable: its file's path, or a reference. Arguments: context, name. */}}
{{- define "redis.passwordVariable" -}}
{{- if .context.Values.auth.usePasswordFiles }}
- name: {{ .name }}_FILE
  value: /opt/bitnami/redis/secrets/redis-password
{{- else }}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ include "redis.secretName" .context }}
      key: {{ include "redis.secretKey" .context }}
{{- end }}
{{- end -}}
