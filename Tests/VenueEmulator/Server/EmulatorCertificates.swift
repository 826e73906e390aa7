/// Certificates for servers on this machine, for tests alone: their keys are public, so nothing
/// else may trust them. Made once with openssl, valid for a hundred years.
public enum EmulatorCertificates {
  /// The authority that signed the others; no system trusts it.
  public static let authority = """
    -----BEGIN CERTIFICATE-----
    MIIBpDCCAUugAwIBAgIUHwBTjAKeMAuqJvnZci6HwKk6lsIwCgYIKoZIzj0EAwIw
    HzEdMBsGA1UEAwwUTG9kZXN0b25lIHRlc3RzIG9ubHkwIBcNMjYxMTI0MDcyNTA3
    WhgPMjEyNjEwMzEwNzI1MDdaMB8xHTAbBgNVBAMMFExvZGVzdG9uZSB0ZXN0cyBv
    bmx5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZop0SqWwrTbmWOx0E/UnRkJq
    MgEcpKTfDD/kfZT6E933Us+JGMXOfFn0zIzwpePkDJwSlr6UtKpLaSO7fYZBYqNj
    MGEwHQYDVR0OBBYEFLAXCrgxsKHXtrPAbMKgGqOmJL15MB8GA1UdIwQYMBaAFLAX
    CrgxsKHXtrPAbMKgGqOmJL15MA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQD
    AgIEMAoGCCqGSM49BAMCA0cAMEQCIG5ZVA9HHFdLp5g2sKp929123M6Kv4I0Paze
    taksbZVnAiAI+rNMlsaBc92RsL2XDEe/jaDtt1j5JGNQk5MmQntbtw==
    -----END CERTIFICATE-----
    """

  /// For localhost and 127.0.0.1.
  public static let localhost = """
    -----BEGIN CERTIFICATE-----
    MIIBtjCCAVugAwIBAgIUciINCOGXpK0oycj6gZe5lF2U9KkwCgYIKoZIzj0EAwIw
    HzEdMBsGA1UEAwwUTG9kZXN0b25lIHRlc3RzIG9ubHkwIBcNMjYxMTI0MDcyNTA3
    WhgPMjEyNjEwMzEwNzI1MDdaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqG
    SM49AgEGCCqGSM49AwEHA0IABKwy4hzlMNPMsXcvZbXeZxW8AE5koGZjQ9uMANKA
    EOYJtDpQey7rJYwnhWGyHla7LyX2QI1w/Bsca0t0QLMrtA2jfjB8MBoGA1UdEQQT
    MBGCCWxvY2FsaG9zdIcEfwAAATAJBgNVHRMEAjAAMBMGA1UdJQQMMAoGCCsGAQUF
    BwMBMB0GA1UdDgQWBBQjxaRFFPraubzTh9DXOmwrsp6vVDAfBgNVHSMEGDAWgBSw
    Fwq4MbCh17azwGzCoBqjpiS9eTAKBggqhkjOPQQDAgNJADBGAiEA71MVnTUCDhNu
    mlPmA6Wsk5tlrf2GbK+yoKHjdLg9CXACIQCygXsiGtkkWa+DILqUcnMW0LIvYIdB
    KmF7AKcNtbQYjQ==
    -----END CERTIFICATE-----
    """

  /// The key of `localhost`.
  public static let localhostKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFHprTLneby970IdW
    GHZqiLu7aArG0VtJWbmcToyeCmahRANCAASsMuIc5TDTzLF3L2W13mcVvABOZKBm
    Y0PbjADSgBDmCbQ6UHsu6yWMJ4Vhsh5Wuy8l9kCNcPwbHGtLdECzK7QN
    -----END PRIVATE KEY-----
    """

  /// For other.example alone.
  public static let other = """
    -----BEGIN CERTIFICATE-----
    MIIBrzCCAVWgAwIBAgIUciINCOGXpK0oycj6gZe5lF2U9KowCgYIKoZIzj0EAwIw
    HzEdMBsGA1UEAwwUTG9kZXN0b25lIHRlc3RzIG9ubHkwIBcNMjYxMTI0MDcyNTA3
    WhgPMjEyNjEwMzEwNzI1MDdaMBAxDjAMBgNVBAMMBW90aGVyMFkwEwYHKoZIzj0C
    AQYIKoZIzj0DAQcDQgAEPl5gBLdscXxMnPF5XAK0v71hV3XcghGPrKw+2acR8OeG
    hufQuCukRwllM+tKelydKug/Q1l8dqUn6buyBzJg66N8MHowGAYDVR0RBBEwD4IN
    b3RoZXIuZXhhbXBsZTAJBgNVHRMEAjAAMBMGA1UdJQQMMAoGCCsGAQUFBwMBMB0G
    A1UdDgQWBBTFVNHr+mp/vvrjEB/Z9Ama8TKe3TAfBgNVHSMEGDAWgBSwFwq4MbCh
    17azwGzCoBqjpiS9eTAKBggqhkjOPQQDAgNIADBFAiEA0PLcSQQhiNGAbQSGS2h9
    gXaZECsAlY90bjO/sBPr08QCIDIyo8FOxKlHkIp2jNvvNlCkpvR7nVAUpZ9rMcal
    etPl
    -----END CERTIFICATE-----
    """

  /// The key of `other`.
  public static let otherKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQguXqshWTAjD6FmrMV
    RH+zrnpEcRTizuorjQ8zecIT3tuhRANCAAQ+XmAEt2xxfEyc8XlcArS/vWFXddyC
    EY+srD7ZpxHw54aG59C4K6RHCWUz60p6XJ0q6D9DWXx2pSfpu7IHMmDr
    -----END PRIVATE KEY-----
    """
}
