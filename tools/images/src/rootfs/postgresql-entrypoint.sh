#!/bin/bash
# Runs PostgreSQL as the Bitnami charts ask for it with environment variables: on its first start a primary creates
# its roles and its database, and a replica copies its primary; later starts change nothing that is stored.
# Passwords never become arguments of a program. TCP stays closed until the first start is done.
set -euo pipefail
umask 0077

main() {
  if [[ $# -gt 0 && $1 != -* ]]; then exec "$@"; fi
  settings
  refuse_impossible
  choose_directories
  trap 'if [[ -n ${child:-} ]]; then kill "$child"; fi; exit 143' INT TERM
  prepare_data_directory
  write_access_rules
  write_configuration
  if [[ $mode == slave ]]; then follow_primary; else lead; fi
  touch "$image_dir/tmp/.initialized" 2>/dev/null || true # the file system of the image may be read-only
  unset "${secret_variables[@]}"
  exec postgres -D "$PGDATA" "${server_flags[@]}" "$@"
}

say() { printf 'entrypoint: %s\n' "$*" >&2; }
refuse() { say "$*"; exit 1; }
is_true() { [[ ${1,,} =~ ^(yes|true|1|on)$ ]]; }
is_writable() { [[ -d $1 && -w $1 ]]; }

secret_variables=(POSTGRES_PASSWORD POSTGRES_POSTGRES_PASSWORD POSTGRES_REPLICATION_PASSWORD POSTGRES_INITSCRIPTS_PASSWORD)

settings() {
  local name file
  for name in "${secret_variables[@]}"; do
    file="${name}_FILE"
    if [[ -n ${!file:-} ]]; then printf -v "$name" %s "$(<"${!file}")"; else printf -v "$name" %s "${!name:-}"; fi
  done
  image_dir=/opt/bitnami/postgresql
  volume=${POSTGRESQL_VOLUME_DIR:-/bitnami/postgresql}
  export PGDATA=${PGDATA:-$volume/data}
  port=${POSTGRESQL_PORT_NUMBER:-5432}
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DATABASE:-}
  mode=${POSTGRES_REPLICATION_MODE:-master}
  application=${POSTGRES_CLUSTER_APP_NAME:-walreceiver}
  unfinished=$(dirname "$PGDATA")/.$(basename "$PGDATA").unfinished
}

choose_directories() {
  local candidate
  run_dir=
  for candidate in "$image_dir/tmp" /tmp /dev/shm; do
    if [[ -z $run_dir ]] && is_writable "$candidate"; then run_dir=$candidate/run; fi
  done
  [[ -n $run_dir ]] || refuse "none of $image_dir/tmp, /tmp and /dev/shm can be written; mount a volume at one of them"
  mkdir -p "$run_dir"
  if is_writable /tmp; then socket_dir=/tmp; else socket_dir=$run_dir; fi
  configuration=$run_dir/postgresql.conf
  access_rules=$run_dir/pg_hba.conf
  passfile=$run_dir/passfile
  server_flags=(-c "config_file=$configuration" -c "hba_file=$access_rules")
}

refuse_impossible() {
  if is_true "${POSTGRESQL_ENABLE_LDAP:-no}"; then refuse "POSTGRESQL_ENABLE_LDAP is set, but this image has no LDAP; unset it"; fi
  if [[ $mode != master && $mode != slave ]]; then refuse "POSTGRES_REPLICATION_MODE is \"$mode\"; allowed are master and slave"; fi
  if [[ $mode == slave ]]; then
    [[ -n ${POSTGRES_MASTER_HOST:-} ]] || refuse "POSTGRES_MASTER_HOST is empty; a replica needs the host of its primary"
    [[ -n ${POSTGRES_REPLICATION_USER:-} ]] || refuse "POSTGRES_REPLICATION_USER is empty; a replica needs it"
    return
  fi
  if [[ $user != postgres && -z $database ]]; then refuse "POSTGRES_USER is $user, but POSTGRES_DATABASE is empty; set both or none"; fi
  if [[ -z $POSTGRES_PASSWORD ]] && ! is_true "${ALLOW_EMPTY_PASSWORD:-no}"; then
    refuse "POSTGRES_PASSWORD is empty; set it, POSTGRES_PASSWORD_FILE, or ALLOW_EMPTY_PASSWORD=yes"
  fi
}

# What a start that was cut short has left behind is no database yet: the marker lies beside it from its first file to its last.
prepare_data_directory() {
  mkdir -p "$PGDATA"
  chmod 700 "$PGDATA"
  rm -f "$PGDATA/postmaster.pid"
  [[ -e $unfinished ]] || return 0
  say "the first start was cut short; it begins again with an empty $PGDATA"
  find "$PGDATA" -mindepth 1 -delete
}

is_new() { [[ ! -s $PGDATA/PG_VERSION || -e $unfinished ]]; }

begin_first_start() {
  is_writable "$(dirname "$unfinished")" || { say "$(dirname "$unfinished") cannot be written, so a first start that is cut short has to be cleaned up by hand"; return 0; }
  touch "$unfinished"
  sync "$unfinished" "$(dirname "$unfinished")"
}

end_first_start() {
  sync
  rm -f "$unfinished"
}

write_access_rules() {
  local method=scram-sha-256 mounted=$volume/conf/pg_hba.conf
  if [[ -r $mounted ]]; then cp "$mounted" "$access_rules"; return; fi
  if [[ -z $POSTGRES_PASSWORD ]] && is_true "${ALLOW_EMPTY_PASSWORD:-no}"; then method=trust; fi
  {
    printf '%s\n' "local all all $method" "host all all all $method"
    if [[ -n ${POSTGRES_REPLICATION_USER:-} ]]; then
      printf 'host replication "%s" all %s\n' "$POSTGRES_REPLICATION_USER" "$method"
    fi
  } >"$access_rules"
}

write_configuration() {
  {
    assign data_directory "$PGDATA"
    assign listen_addresses '*'
    assign port "$port"
    assign unix_socket_directories "$socket_dir"
    printf '%s\n' 'wal_level = replica' 'max_wal_senders = 16' "wal_keep_size = '128MB'" 'hot_standby = on' 'logging_collector = off'
    logging_settings
    library_settings
    tls_settings
    replication_settings
    included_settings
  } >"$configuration"
}

assign() { local text=${2//\\/\\\\}; printf "%s = '%s'\n" "$1" "${text//\'/\'\'}"; }
assign_given() { if [[ -n ${2:-} ]]; then assign "$1" "$2"; fi; }

logging_settings() {
  assign_given log_hostname "${POSTGRESQL_LOG_HOSTNAME:-}"
  assign_given log_connections "${POSTGRESQL_LOG_CONNECTIONS:-}"
  assign_given log_disconnections "${POSTGRESQL_LOG_DISCONNECTIONS:-}"
  assign_given log_line_prefix "${POSTGRESQL_LOG_LINE_PREFIX:-}"
  assign_given log_timezone "${POSTGRESQL_LOG_TIMEZONE:-}"
  assign_given client_min_messages "${POSTGRESQL_CLIENT_MIN_MESSAGES:-}"
}

library_settings() {
  local library present= directory
  directory=$(pg_config --pkglibdir)
  local wanted=${POSTGRESQL_SHARED_PRELOAD_LIBRARIES:-}
  for library in ${wanted//[,;]/ }; do
    if [[ -e $directory/$library.so ]]; then present+=${present:+,}$library
    else say "POSTGRESQL_SHARED_PRELOAD_LIBRARIES names $library, which this image does not have; it is left out"; fi
  done
  assign_given shared_preload_libraries "$present"
  if [[ ,$present, != *,pgaudit,* ]]; then return; fi
  assign_given pgaudit.log "${POSTGRESQL_PGAUDIT_LOG:-}"
  assign_given pgaudit.log_catalog "${POSTGRESQL_PGAUDIT_LOG_CATALOG:-}"
}

tls_settings() {
  if ! is_true "${POSTGRESQL_ENABLE_TLS:-no}"; then return; fi
  assign ssl on
  assign ssl_cert_file "$POSTGRESQL_TLS_CERT_FILE"
  assign ssl_key_file "$POSTGRESQL_TLS_KEY_FILE"
  assign_given ssl_ca_file "${POSTGRESQL_TLS_CA_FILE:-}"
  assign_given ssl_crl_file "${POSTGRESQL_TLS_CRL_FILE:-}"
  assign_given ssl_prefer_server_ciphers "${POSTGRESQL_TLS_PREFER_SERVER_CIPHERS:-}"
}

replication_settings() {
  if [[ $mode == slave ]]; then
    assign primary_conninfo "host='$POSTGRES_MASTER_HOST' port='${POSTGRES_MASTER_PORT_NUMBER:-5432}' user='$POSTGRES_REPLICATION_USER' passfile='$passfile' application_name='$application'"
  elif [[ ${POSTGRES_NUM_SYNCHRONOUS_REPLICAS:-0} -gt 0 ]]; then
    assign synchronous_commit "${POSTGRES_SYNCHRONOUS_COMMIT_MODE:-on}"
    assign synchronous_standby_names "$POSTGRES_NUM_SYNCHRONOUS_REPLICAS (\"$application\")"
  fi
}

# Files of the chart come last, so that they win.
included_settings() {
  if [[ -r $volume/conf/postgresql.conf ]]; then assign include "$volume/conf/postgresql.conf"; fi
  if [[ -d $volume/conf/conf.d ]]; then assign include_dir "$volume/conf/conf.d"; fi
}

follow_primary() {
  local escaped=${POSTGRES_REPLICATION_PASSWORD//\\/\\\\}
  printf '*:*:*:*:%s\n' "${escaped//:/\\:}" >"$passfile"
  if is_new; then
    begin_first_start
    copy_primary
    end_first_start
  fi
  touch "$PGDATA/standby.signal"
}

copy_primary() {
  local primary=(--host "$POSTGRES_MASTER_HOST" --port "${POSTGRES_MASTER_PORT_NUMBER:-5432}" --username "$POSTGRES_REPLICATION_USER")
  say "waits for the primary at $POSTGRES_MASTER_HOST"
  until pg_isready --quiet "${primary[@]}"; do sleep 1; done
  PGPASSFILE=$passfile pg_basebackup --pgdata "$PGDATA" "${primary[@]}" --wal-method stream --checkpoint fast --no-password </dev/null &
  child=$!
  wait "$child"
  child=
}

lead() {
  rm -f "$PGDATA/standby.signal"
  if is_new; then
    begin_first_start
    create_cluster
    start_private_server
    create_roles
    run_init_scripts
    pg_ctl --wait --silent --pgdata "$PGDATA" --mode fast stop
    end_first_start
  fi
}

create_cluster() {
  local arguments=()
  read -ra arguments <<<"${POSTGRES_INITDB_ARGS:-}"
  if [[ -n ${POSTGRES_INITDB_WALDIR:-} ]]; then arguments+=(--waldir "$POSTGRES_INITDB_WALDIR"); fi
  say "creates a database cluster in $PGDATA"
  initdb --pgdata "$PGDATA" --username postgres --encoding UTF8 --auth trust "${arguments[@]}" >/dev/null
  # The settings lie outside of the data, where another image would look for them.
  rm -f "$PGDATA"/{postgresql,pg_hba}.conf
}

# Nobody else can reach this server: its socket lies in a directory of its user, and no commit waits for a replica.
# It logs no failing statement, since the statements that set passwords contain them.
start_private_server() {
  local private_rules=$run_dir/private_hba.conf
  echo 'local all all trust' >"$private_rules"
  pg_ctl --wait --silent --pgdata "$PGDATA" start --options "-c config_file=$configuration -c hba_file=$private_rules -c listen_addresses='' -c unix_socket_directories=$run_dir -c synchronous_standby_names='' -c log_min_error_statement=panic"
}

literal() { printf "'%s'" "${1//\'/\'\'}"; }
identifier() { printf '"%s"' "${1//\"/\"\"}"; }
run_sql() { PGOPTIONS='-c standard_conforming_strings=on -c client_min_messages=warning' psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --host "$run_dir" --port "$port" --username "${2:-postgres}" --dbname "$1"; }

create_roles() {
  local admin_password=$POSTGRES_PASSWORD
  if [[ $user != postgres ]]; then admin_password=$POSTGRES_POSTGRES_PASSWORD; fi
  if [[ -n $admin_password ]]; then run_sql postgres <<<"ALTER ROLE postgres PASSWORD $(literal "$admin_password");"; fi
  if [[ $user != postgres ]]; then
    run_sql postgres <<<"CREATE ROLE $(identifier "$user") LOGIN CREATEDB PASSWORD $(literal "$POSTGRES_PASSWORD");"
  fi
  if [[ -n $database && $database != postgres ]]; then create_database; fi
  if [[ -n ${POSTGRES_REPLICATION_USER:-} ]]; then
    run_sql postgres <<<"CREATE ROLE $(identifier "$POSTGRES_REPLICATION_USER") REPLICATION LOGIN PASSWORD $(literal "$POSTGRES_REPLICATION_PASSWORD");"
  fi
}

# Since PostgreSQL 15 only the owner may create tables in the schema "public".
create_database() {
  run_sql postgres <<<"CREATE DATABASE $(identifier "$database") OWNER $(identifier "$user");"
  run_sql "$database" <<<"ALTER SCHEMA public OWNER TO $(identifier "$user");"
}

run_init_scripts() {
  local script
  for script in /docker-entrypoint-initdb.d/* /docker-entrypoint-initdb.d/secret/*; do
    case $script in
      *.sh) say "runs $script"; bash "$script" ;;
      *.sql) say "runs $script"; run_sql "${database:-postgres}" "${POSTGRES_INITSCRIPTS_USERNAME:-postgres}" <"$script" ;;
      *.sql.gz) say "runs $script"; gunzip --stdout "$script" | run_sql "${database:-postgres}" "${POSTGRES_INITSCRIPTS_USERNAME:-postgres}" ;;
    esac
  done
}

main "$@"
