const unneeded: readonly RegExp[] = [
  /^usr\/share\/(man|info|locale|lintian|bug|doc-base|bash-completion|initramfs-tools|polkit-1|gdb|postgresql-common|metainfo)(\/|$)/,
  // Licences stay with what they are about.
  /^usr\/share\/doc\/[^/]+\/(?!copyright$)/,
  /^usr\/share\/zoneinfo\/(right|posix)(\/|$)/,
  /^usr\/lib\/x86_64-linux-gnu\/gconv(\/|$)/,
  /^usr\/lib\/postgresql\/15\/lib\/(bitcode(\/|$)|llvmjit)/,
  /^usr\/lib\/(systemd|init|tmpfiles\.d|sysusers\.d)(\/|$)/,
  /^etc\/(init\.d|cron\.d|cron\.daily|logrotate\.d|default|skel|apparmor\.d|ufw)(\/|$)/,
];

/** Whether an image can do without a path of a package: manuals, translations, what starts services. */
export function isUnneeded(path: string): boolean {
  return unneeded.some((pattern) => pattern.test(path));
}
