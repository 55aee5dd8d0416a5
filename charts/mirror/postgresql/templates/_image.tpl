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

{{/* The Secrets to pull images with, indented for a pod, or nothing. */}}
{{- define "postgresql.imagePullSecrets" -}}
{{- $secrets := list -}}
{{- range concat (default list (.Values.global).imagePullSecrets) .Values.image.pullSecrets | uniq -}}
{{- $secrets = append $secrets (dict "name" (tpl . $)) -}}
{{- end -}}
{{- with $secrets -}}
{{- dict "imagePullSecrets" . | toYaml | nindent 6 -}}
{{- end -}}
{{- end -}}
