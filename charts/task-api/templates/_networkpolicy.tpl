{{/* Rules that several network policies share. Wave -3: in a namespace that denies by default the databases need them first. */}}

{{/* Arguments: component, suffix, context; optional hook (annotations in place of the wave). */}}
{{- define "task-api.networkPolicy.metadata" -}}
{{- $annotations := .hook | default (dict "argocd.argoproj.io/sync-wave" "-3") -}}
{{- include "task-api.metadata" (dict "suffix" .suffix "component" .component "annotations" $annotations "context" .context) -}}
{{- end -}}

{{- define "task-api.networkPolicy.dns" -}}
- ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
  {{- with .Values.networkPolicy.dnsPeers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* Arguments: port, context. */}}
{{- define "task-api.networkPolicy.external" -}}
- ports:
    - port: {{ .port }}
      protocol: TCP
  {{- with .context.Values.networkPolicy.externalPeers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* Port of a URL: the one it names, else that of its scheme. */}}
{{- define "task-api.networkPolicy.urlPort" -}}
{{- $url := urlParse . -}}
{{- $named := regexFind ":[0-9]+$" $url.host | trimPrefix ":" -}}
{{- $named | default (ternary "443" "80" (eq $url.scheme "https")) -}}
{{- end -}}

{{- define "task-api.networkPolicy.postgresqlPort" -}}
{{- ((.Values.postgresql.containerPorts).postgresql) | default 5432 | int -}}
{{- end -}}

{{- define "task-api.networkPolicy.redisPort" -}}
{{- (((.Values.redis.master).containerPorts).redis) | default 6379 | int -}}
{{- end -}}

{{- define "task-api.networkPolicy.toDatabase" -}}
{{- if .Values.postgresql.enabled -}}
- ports:
    - port: {{ include "task-api.networkPolicy.postgresqlPort" . }}
      protocol: TCP
  to:
    - podSelector:
        matchLabels:
          {{- include "task-api.dependency.selectorLabels" (dict "name" "postgresql" "context" .) | nindent 10 }}
{{- else -}}
{{- include "task-api.networkPolicy.external" (dict "port" (include "task-api.database.port" .) "context" .) -}}
{{- end -}}
{{- end -}}

{{- define "task-api.networkPolicy.toRedis" -}}
{{- if .Values.redis.enabled -}}
- ports:
    - port: {{ include "task-api.networkPolicy.redisPort" . }}
      protocol: TCP
  to:
    - podSelector:
        matchLabels:
          {{- include "task-api.dependency.selectorLabels" (dict "name" "redis" "context" .) | nindent 10 }}
{{- else if .Values.externalRedis.host -}}
{{- include "task-api.networkPolicy.external" (dict "port" (include "task-api.redis.port" .) "context" .) -}}
{{- end -}}
{{- end -}}

{{/* A bundled database: its clients and its own pods may connect. Arguments: name, port, clients, context. */}}
{{- define "task-api.networkPolicy.database" -}}
{{- $own := include "task-api.dependency.selectorLabels" . -}}
{{- $databases := .context.Values.networkPolicy.databases -}}
podSelector:
  matchLabels:
    {{- $own | nindent 4 }}
policyTypes:
  - Ingress
  - Egress
ingress:
  - ports:
      - port: {{ .port }}
        protocol: TCP
    from:
      {{- range .clients }}
      - podSelector:
          matchLabels:
            {{- include "task-api.selectorLabels" (dict "component" . "context" $.context) | nindent 12 }}
      {{- end }}
      - podSelector:
          matchLabels:
            {{- $own | nindent 12 }}
  {{- with $databases.extraIngress }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
egress:
  {{- include "task-api.networkPolicy.dns" .context | nindent 2 }}
  - ports:
      - port: {{ .port }}
        protocol: TCP
    to:
      - podSelector:
          matchLabels:
            {{- $own | nindent 12 }}
  {{- with $databases.extraEgress }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
