//! Colors as people see them, and whether one can be read on another.

/// Lightness from 0 to 1, chroma from 0, hue in degrees: as CSS says `oklch(…)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Oklch {
    /// 0 is black, 1 is white.
    pub lightness: f64,
    /// 0 is gray.
    pub chroma: f64,
    /// In degrees.
    pub hue: f64,
}

/// A color of a screen with eight bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// Reads `#rrggbb`.
    pub fn read(hex: &str) -> Option<Self> {
        let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| hex)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// As `#rrggbb`.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// How much of a difference there is to another color, from 1 to 21, by the formula of WCAG 2.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|byte| {
            let shown = f64::from(byte) / 255.0;
            if shown <= 0.040_45 { shown / 12.92 } else { ((shown + 0.055) / 1.055).powf(2.4) }
        })
    }
}

/// Björn Ottosson, "A perceptual color space for image processing".
impl From<Rgb> for Oklch {
    fn from(color: Rgb) -> Self {
        let [red, green, blue] = color.linear();
        let l = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let m = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let s = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Self {
            lightness: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            chroma: a.hypot(b),
            hue: b.atan2(a).to_degrees().rem_euclid(360.0),
        }
    }
}

impl Oklch {
    /// The nearest color of this lightness and hue that a screen has.
    pub fn rgb(self) -> Rgb {
        let mut color = Self { lightness: self.lightness.clamp(0.0, 1.0), ..self };
        while !color.on_screen() && color.chroma > 0.0 {
            color.chroma = (color.chroma - 0.002).max(0.0);
        }
        Rgb(color.linear().map(|light| {
            let light = light.clamp(0.0, 1.0);
            let encoded = if light <= 0.003_130_8 {
                12.92 * light
            } else {
                1.055 * light.powf(1.0 / 2.4) - 0.055
            };
            (encoded * 255.0).round() as u8
        }))
    }

    fn on_screen(self) -> bool {
        self.linear().iter().all(|light| (-0.001..=1.001).contains(light))
    }

    fn linear(self) -> [f64; 3] {
        let (a, b) =
            (self.chroma * self.hue.to_radians().cos(), self.chroma * self.hue.to_radians().sin());
        let l = (self.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_color_comes_back_as_it_was() {
        for hex in ["#000000", "#ffffff", "#105f74", "#ffd400", "#ff0000", "#0000ff", "#7f7f7f"] {
            let color = Rgb::read(hex).expect(hex);
            assert_eq!(Oklch::from(color).rgb().hex(), hex);
        }
        assert_eq!(Rgb::read("red"), None);
        assert_eq!(Rgb::read("#12345"), None);
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let [black, white, gray] =
            ["#000000", "#ffffff", "#767676"].map(|hex| Rgb::read(hex).expect(hex));
        assert!((black.contrast(white) - 21.0).abs() < 0.001);
        assert!((white.contrast(gray) - 4.54).abs() < 0.01);
    }
}
