/// The theme files of this folder, compiled in so that one binary is enough.
public enum BuiltInThemes {
  /// Name and TOML source of each theme, in the order in which the theme key walks them.
  public static var sources: [(name: String, toml: String)] {
    [
      ("default", PackageResources.default_toml),
      ("light", PackageResources.light_toml),
      ("colorblind", PackageResources.colorblind_toml),
      ("mono", PackageResources.mono_toml),
    ].map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
  }
}
