{{/* Data of the agent's ConfigMap: everything that is neither a secret nor the same in every pod. */}}
{{- define "task-api.config.data" -}}
LOG_LEVEL: {{ .Values.config.logLevel | quote }}
WORKERS: {{ .Values.config.workers | int64 | quote }}
RUN_LEASE_MS: {{ .Values.config.runLeaseMs | int64 | quote }}
DATABASE_POOL_MAX: {{ .Values.config.databasePoolMax | int64 | quote }}
DATABASE_TIMEOUT_MS: {{ .Values.config.databaseTimeoutMs | int64 | quote }}
RATE_LIMIT_PER_MINUTE: {{ .Values.config.rateLimitPerMinute | int64 | quote }}
BODY_LIMIT_BYTES: {{ .Values.config.bodyLimitBytes | int64 | quote }}
CACHE_ENABLED: {{ .Values.config.cache.enabled | quote }}
CACHE_TTL_SECONDS: {{ .Values.config.cache.ttlSeconds | int64 | quote }}
MODEL_PROVIDER: {{ .Values.model.provider | quote }}
{{- with .Values.model.baseUrl }}
MODEL_BASE_URL: {{ . | quote }}
{{- end }}
MODEL_NAME: {{ .Values.model.name | quote }}
MODEL_TIMEOUT_MS: {{ .Values.model.timeoutMs | int64 | quote }}
AUTH_MODE: {{ .Values.auth.mode | quote }}
DRAIN_DELAY_MS: {{ .Values.drain.delayMs | int64 | quote }}
RUN_DRAIN_BUDGET_MS: {{ .Values.drain.runBudgetMs | int64 | quote }}
CLOSE_DEADLINE_MS: {{ .Values.drain.closeDeadlineMs | int64 | quote }}
{{- with .Values.config.tracing.otlpEndpoint }}
OTEL_EXPORTER_OTLP_ENDPOINT: {{ . | quote }}
{{- end }}
{{- end -}}
