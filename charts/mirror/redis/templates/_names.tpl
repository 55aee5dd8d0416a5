{{/* The rule of all Bitnami charts: a release whose name already holds the chart's name is not given it twice. */}}
{{- define "redis.fullname" -}}
{{- $name := include "redis.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "redis.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The pods that clients may also reach one by one, by name. */}}
{{- define "redis.headlessHost" -}}
{{- printf "%s-headless.%s.svc.%s" (include "redis.fullname" .) .Release.Namespace .Values.clusterDomain -}}
{{- end -}}

{{- define "redis.serviceAccountName" -}}
{{- default (.Values.serviceAccount.create | ternary (include "redis.fullname" .) "default") .Values.serviceAccount.name -}}
{{- end -}}

{{/* A kind of pod may have a ServiceAccount of its own, else it shares the chart's. Arguments: context, node, component. */}}
{{- define "redis.nodeServiceAccountName" -}}
{{- if .node.serviceAccount.create -}}
{{- default (printf "%s-%s" (include "redis.fullname" .context) .component) .node.serviceAccount.name -}}
{{- else if .context.Values.serviceAccount.create -}}
{{- include "redis.serviceAccountName" .context -}}
{{- else -}}
{{- default "default" .node.serviceAccount.name -}}
{{- end -}}
{{- end -}}
