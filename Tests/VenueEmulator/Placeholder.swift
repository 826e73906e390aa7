/// Replaced by the emulator.
enum Placeholder {}
