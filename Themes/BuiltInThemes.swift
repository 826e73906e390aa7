/// The theme files of this folder, compiled in so that one binary is enough.
public enum BuiltInThemes {
  /// The themes in the order in which the theme key walks them.
  public static var sources: [ThemeSource] {
    [
      ("default", PackageResources.default_toml),
      ("light", PackageResources.light_toml),
      ("high-contrast", PackageResources.high_contrast_toml),
      ("colorblind", PackageResources.colorblind_toml),
      ("deuteranopia", PackageResources.deuteranopia_toml),
      ("tritanopia", PackageResources.tritanopia_toml),
      ("solarized", PackageResources.solarized_toml),
      ("solarized-light", PackageResources.solarized_light_toml),
      ("terminal", PackageResources.terminal_toml),
      ("mono", PackageResources.mono_toml),
    ].map { ThemeSource(name: $0.0, toml: String(decoding: $0.1, as: UTF8.self)) }
  }
}
