{{/* Who may connect. Replicas reach the primary in any case. Arguments: context, component, name, from. */}}
{{- define "postgresql.ingressPolicy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .name }}-ingress
  namespace: {{ .context.Release.Namespace }}
  labels: {{- include "postgresql.labels" . | nindent 4 }}
  {{- include "postgresql.annotations" (dict "context" .context) }}
spec:
  podSelector:
    matchLabels: {{- include "postgresql.selectorLabels" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress: {{- include "postgresql.ingressRules" . | nindent 4 }}
{{- end -}}

{{- define "postgresql.ingressRules" -}}
{{- $peers := list -}}
{{- range $key := list "namespaceSelector" "podSelector" -}}
{{- with index $.from $key -}}
{{- $labels := include "postgresql.render" (dict "value" . "context" $.context) | fromYaml -}}
{{- $peers = append $peers (dict $key (dict "matchLabels" $labels)) -}}
{{- end -}}
{{- end -}}
{{- if and (eq .component "primary") (eq .context.Values.architecture "replication") -}}
{{- $labels := include "postgresql.selectorLabels" (dict "component" "read" "context" .context) | fromYaml -}}
{{- $peers = append $peers (dict "podSelector" (dict "matchLabels" $labels)) -}}
{{- end -}}
{{- $ports := list (dict "port" .context.Values.containerPorts.postgresql) -}}
{{- $own := empty $peers | ternary list (list (dict "ports" $ports "from" $peers)) -}}
{{- $custom := include "postgresql.render" (dict "value" .from.customRules "context" .context) | fromYamlArray -}}
{{- toYaml (concat $own $custom) -}}
{{- end -}}
