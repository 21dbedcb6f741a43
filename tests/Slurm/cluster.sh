# A Slurm of two nodes on this host, without systemd: sourced by what needs one. Everything lies below $cluster; slurmd, slurmctld and munged are Debian's.
#   start_cluster FOLDER     FOLDER is made; SLURM_CONF names its configuration from then on
#   start_node NAME          n1 or n2, one processor each
#   kill_node NAME           the node's daemon with everything that runs on it, as a power cut does
#   stop_cluster             ends every process of it; safe to call twice

start_cluster() {
  cluster=$1
  local user; user=$(id -un)
  mkdir -p "$cluster"/{state,spool,munge}
  chmod 700 "$cluster/munge"
  export SLURM_CONF=$cluster/slurm.conf
  head -c 1024 /dev/urandom >"$cluster/munge/key"
  chmod 600 "$cluster/munge/key"
  # Ports from the process's number: two clusters on one host do not meet.
  local port=$((20000 + $$ % 10000 * 3))
  cat >"$SLURM_CONF" <<CONF
ClusterName=cawb
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
# Slurm holds a job that was queued again back for as long as the credentials of its last turn are good.
AuthInfo=socket=$cluster/munge/socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool/%n
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/slurmd-%n.pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdLogFile=$cluster/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=100000
ReturnToService=2
SlurmdTimeout=10
SlurmctldTimeout=30
KillWait=30
MinJobAge=3600
NodeName=n1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=1 RealMemory=1024 State=UNKNOWN
NodeName=n2 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=1 RealMemory=1024 State=UNKNOWN
PartitionName=cpu Nodes=n1,n2 Default=YES State=UP
CONF
  munged --foreground --force --key-file="$cluster/munge/key" --socket="$cluster/munge/socket" --pid-file="$cluster/munge/pid" --log-file="$cluster/munge/log" --seed-file="$cluster/munge/seed" >/dev/null 2>&1 &
  munged=$!
  await 10 test -S "$cluster/munge/socket"
  slurmctld -D -c >/dev/null 2>&1 &
  slurmctld=$!
  declare -gA slurmd=()
  start_node n1; start_node n2
  await 30 nodes_are_idle
}

start_node() {
  slurmd -D -N "$1" >/dev/null 2>&1 &
  slurmd[$1]=$!
}

kill_node() {
  local job steps=''
  for job in $(squeue --noheader --nodelist="$1" --format=%A); do steps+=" $(pgrep -f "^slurmstepd: \\[$job\\.")"; done
  kill -KILL "${slurmd[$1]}" $(for job in $steps; do descendants "$job"; done)
  wait "${slurmd[$1]}" 2>/dev/null
}

descendants() {
  echo "$1"
  local child; for child in $(pgrep -P "$1"); do descendants "$child"; done
}

nodes_are_idle() { [ "$(sinfo --noheader --format=%T 2>/dev/null | sort -u)" = idle ]; }

# Waits until a command succeeds, so many seconds at most.
await() {
  local end=$((SECONDS + $1)); shift
  until "$@"; do [ "$SECONDS" -lt "$end" ] || return 1; sleep 0.1; done
}

stop_cluster() {
  [ -n "${cluster:-}" ] || return 0
  scancel --quiet --signal=KILL --full --user="$(id -un)" 2>/dev/null
  scancel --quiet --user="$(id -un)" 2>/dev/null
  await 10 no_jobs
  end "${slurmd[@]:-}"; end "${slurmctld:-}"; end "${munged:-}"
  rm -rf "$cluster"
  cluster=''
}

no_jobs() { [ -z "$(squeue --noheader 2>/dev/null)" ]; }

# A daemon that waits for another which is gone does not listen to TERM.
end() {
  local process
  for process in "$@"; do [ -z "$process" ] || kill -TERM "$process" 2>/dev/null; done
  for process in "$@"; do
    [ -z "$process" ] || { await 3 has_ended "$process" || kill -KILL "$process" 2>/dev/null; wait "$process" 2>/dev/null; }
  done
}

has_ended() { ! kill -0 "$1" 2>/dev/null; }
