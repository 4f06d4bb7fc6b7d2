namespace Playbook.Tests.Email;

/// <summary>What postfix and dovecot read. Addresses at customer.test that begin with a certain word meet a certain answer.</summary>
internal static class MailServerFiles
{
    public static void Write(MailServers servers)
    {
        foreach (var folder in new[] { "postfix", "spool", "data", "dovecot/users", "mail", "sieve" })
            Directory.CreateDirectory(Path.Combine(servers.Folder, folder));
        var values = new Dictionary<string, string>
        {
            ["FOLDER"] = servers.Folder,
            ["SMTP_TLS"] = $"{servers.SmtpTls}",
            ["SMTP"] = $"{servers.Smtp}",
            ["IMAP_TLS"] = $"{servers.ImapTls}",
            ["IMAP"] = $"{servers.Imap}",
        };
        foreach (var (name, text) in _files)
            File.WriteAllText(Path.Combine(servers.Folder, name), values.Aggregate(text, (sofar, value) => sofar.Replace($"@{value.Key}@", value.Value, StringComparison.Ordinal)) + "\n");
    }

    private static readonly Dictionary<string, string> _files = new()
    {
        ["postfix/main.cf"] =
            """
            compatibility_level = 3.6
            queue_directory = @FOLDER@/spool
            data_directory = @FOLDER@/data
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            mail_owner = postfix
            setgid_group = postdrop
            maillog_file = @FOLDER@/mail.log
            maillog_file_prefixes = @FOLDER@
            myhostname = mail.ours.test
            mydomain = ours.test
            myorigin = ours.test
            mydestination =
            local_recipient_maps =
            alias_maps =
            alias_database =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.2/32
            default_transport = error:5.1.2 nothing leaves this machine
            relay_transport = error:5.1.2 nothing leaves this machine
            transport_maps = regexp:@FOLDER@/postfix/transport
            virtual_mailbox_domains = ours.test customer.test
            virtual_mailbox_maps =
            virtual_alias_maps = regexp:@FOLDER@/postfix/aliases
            virtual_transport = lmtp:unix:@FOLDER@/dovecot/run/lmtp
            recipient_delimiter = +
            smtpd_tls_cert_file = @FOLDER@/certificate.pem
            smtpd_tls_key_file = @FOLDER@/key.pem
            smtpd_tls_security_level = may
            smtpd_sasl_type = dovecot
            smtpd_sasl_path = @FOLDER@/dovecot/run/auth-postfix
            smtpd_sasl_auth_enable = yes
            smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
            smtpd_recipient_restrictions = check_recipient_access regexp:@FOLDER@/postfix/answers
            smtpd_client_connection_count_limit = 0
            smtpd_peername_lookup = no
            smtp_dns_support_level = disabled
            lmtp_host_lookup = native
            lmtp_destination_recipient_limit = 1
            notify_classes =
            """,
        ["postfix/transport"] = """/^blocked.*@customer\.test$/ error:5.7.1 message refused by policy: the sender is not welcome""",
        // Taken at first, and sent back by the queue: what a relay does.
        ["postfix/aliases"] = """/^policy(.*)@customer\.test$/ blocked$1@customer.test""",
        ["postfix/answers"] =
            """
            /^grey/ 450 4.7.1 Greylisted, please try again in 120 seconds
            /^gone/ 550 5.1.1 User unknown
            /^microsoft/ 550 5.7.515 Access denied, sending domain ours.test does not meet the required authentication level
            /^crowded/ 552 5.2.2 Mailbox full
            """,
        ["postfix/master.cf"] =
            """
            127.0.0.1:@SMTP@ inet n - n - - smtpd
            127.0.0.1:@SMTP_TLS@ inet n - n - - smtpd
              -o smtpd_tls_wrappermode=yes
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            proxywrite unix - - n - 1 proxymap
            showq unix n - n - - showq
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            lmtp unix - - n - - lmtp
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """,
        ["dovecot/dovecot.conf"] =
            """
            base_dir = @FOLDER@/dovecot/run
            state_dir = @FOLDER@/dovecot/run
            log_path = @FOLDER@/dovecot.log
            listen = 127.0.0.1
            protocols = imap lmtp
            ssl = yes
            ssl_cert = <@FOLDER@/certificate.pem
            ssl_key = <@FOLDER@/key.pem
            disable_plaintext_auth = no
            auth_failure_delay = 0
            mail_location = maildir:@FOLDER@/mail/%d/%n
            mail_uid = nobody
            mail_gid = nogroup
            first_valid_uid = 1
            first_valid_gid = 1
            recipient_delimiter = +
            mail_plugins = quota
            submission_host = 127.0.0.1:@SMTP@
            passdb {
              driver = passwd-file
              args = username_format=%u @FOLDER@/dovecot/users/%u
            }
            userdb {
              driver = passwd-file
              args = username_format=%u @FOLDER@/dovecot/users/%u
              default_fields = home=@FOLDER@/mail/%d/%n/home
            }
            plugin {
              quota = maildir:User quota
              sieve = file:@FOLDER@/sieve/%u.sieve
              sieve_vacation_min_period = 1s
            }
            protocol lmtp {
              mail_plugins = $mail_plugins sieve
            }
            service imap-login {
              inet_listener imap {
                port = @IMAP@
              }
              inet_listener imaps {
                port = @IMAP_TLS@
                ssl = yes
              }
            }
            service anvil {
              unix_listener anvil-auth-penalty {
                mode = 0
              }
            }
            service lmtp {
              unix_listener lmtp {
                mode = 0666
              }
            }
            service auth {
              unix_listener auth-postfix {
                mode = 0666
              }
            }
            """,
    };
}
