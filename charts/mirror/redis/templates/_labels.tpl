{{/* Labels that select pods. Arguments: context, component (optional). They can never change on a live release. */}}
{{- define "redis.selectorLabels" -}}
app.kubernetes.io/instance: {{ .context.Release.Name }}
app.kubernetes.io/name: {{ include "redis.name" .context }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{/* Labels of an object. Arguments: context, component (optional), extra (optional map of templates). */}}
{{- define "redis.labels" -}}
{{- $own := include "redis.selectorLabels" . | fromYaml -}}
{{- $chart := dict
  "app.kubernetes.io/managed-by" .context.Release.Service
  "app.kubernetes.io/version" .context.Chart.AppVersion
  "helm.sh/chart" (printf "%s-%s" .context.Chart.Name .context.Chart.Version | replace "+" "_")
-}}
{{- $given := include "redis.renderAll" (dict "values" (list .extra .context.Values.commonLabels) "context" .context) | fromYaml -}}
{{- toYaml (merge $given $own $chart) -}}
{{- end -}}

{{/* The annotations of an object, indented for its metadata, or nothing. Arguments: context, extra (optional map of templates). */}}
{{- define "redis.annotations" -}}
{{- $given := include "redis.renderAll" (dict "values" (list .extra .context.Values.commonAnnotations) "context" .context) | fromYaml -}}
{{- with $given -}}
{{- dict "annotations" . | toYaml | nindent 2 -}}
{{- end -}}
{{- end -}}

{{/* Evaluates a value that may hold templates, whatever its type. Arguments: value, context. */}}
{{- define "redis.render" -}}
{{- tpl (kindIs "string" .value | ternary .value (toYaml .value)) .context -}}
{{- end -}}

{{/* Evaluates several maps and merges them, earlier ones winning. Arguments: values, context. */}}
{{- define "redis.renderAll" -}}
{{- $merged := dict -}}
{{- $context := .context -}}
{{- range .values -}}
{{- with . -}}
{{- $merged = merge $merged (include "redis.render" (dict "value" . "context" $context) | fromYaml) -}}
{{- end -}}
{{- end -}}
{{- toYaml $merged -}}
{{- end -}}
