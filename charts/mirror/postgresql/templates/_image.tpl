{{/* The global registry wins over the image's own; a digest wins over the tag. */}}
{{- define "postgresql.image" -}}
{{- $image := .Values.image -}}
{{- $registry := default $image.registry (.Values.global).imageRegistry -}}
{{- $repository := empty $registry | ternary $image.repository (printf "%s/%s" $registry $image.repository) -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (toString $image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "postgresql.imagePullSecrets" -}}
{{- $names := concat (default list (.Values.global).imagePullSecrets) .Values.image.pullSecrets | uniq -}}
{{- with $names }}
imagePullSecrets:
  {{- range . }}
  - name: {{ include "postgresql.render" (dict "value" . "context" $) }}
  {{- end }}
{{- end }}
{{- end -}}
