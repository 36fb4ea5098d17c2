//! The brand's color on the pages. An owner names one color; what stands on what, in light and in dark, is
//! made of it so that everybody can read it: its hue stays, its lightness gives way where it must.

use super::assets;
use crate::kit::{Oklch, Rgb};
use std::sync::LazyLock;

/// What words need to be read, WCAG 2.2 AA. A little more than 4.5, which no rounding takes away.
const TEXT: f64 = 4.55;

/// The colors of one theme that are made of the brand's.
#[derive(Debug, Clone, Copy)]
pub struct BrandColors {
    /// Links and filled buttons.
    pub brand: Rgb,
    /// The same, pressed or pointed at.
    deep: Rgb,
    /// Its quiet background.
    wash: Rgb,
    /// Words on a filled button.
    on_brand: Rgb,
}

/// Which way a theme gives way, and on what its words stand.
struct Theme {
    /// Lightness goes by so much until everything can be read.
    step: f64,
    wash: [f64; 2],
    on_brand: [f64; 2],
    deeper: f64,
    /// What links stand on, other than their own wash.
    grounds: Vec<Rgb>,
    /// What stands on the wash.
    inks: Vec<Rgb>,
}

const GROUNDS: [&str; 7] =
    ["paper", "sheet", "well", "plum-wash", "leaf-wash", "amber-wash", "brick-wash"];
const INKS: [&str; 3] = ["ink", "graphite", "pencil"];

static LIGHT: LazyLock<Theme> = LazyLock::new(|| {
    let block = assets::palette(":root {");
    Theme {
        step: -0.005,
        wash: [0.955, 0.018],
        on_brand: [0.99, 0.005],
        deeper: -0.07,
        grounds: colors(&block, &GROUNDS),
        inks: colors(&block, &INKS),
    }
});

static DARK: LazyLock<Theme> = LazyLock::new(|| {
    let block = assets::palette("\n  [data-theme=\"dark\"] {");
    Theme {
        step: 0.005,
        wash: [0.265, 0.03],
        on_brand: [0.18, 0.03],
        deeper: 0.07,
        grounds: colors(&block, &GROUNDS),
        inks: colors(&block, &INKS),
    }
});

/// What `color` becomes in the light and in the dark theme.
pub fn brand_colors(color: Rgb) -> [BrandColors; 2] {
    [LIGHT.colors(color), DARK.colors(color)]
}

impl Theme {
    fn colors(&self, color: Rgb) -> BrandColors {
        let wished = Oklch::from(color);
        let tint = |[lightness, chroma]: [f64; 2]| Oklch {
            lightness,
            chroma: chroma.min(wished.chroma),
            hue: wished.hue,
        };
        let mut wash = tint(self.wash);
        while !self.inks.iter().all(|ink| readable(*ink, wash.rgb())) && within(wash.lightness) {
            // Away from the inks.
            wash.lightness -= self.step;
        }
        let (wash, on_brand) = (wash.rgb(), tint(self.on_brand).rgb());
        let stands = |brand: Rgb| {
            let on = |ground: &Rgb| readable(brand, *ground);
            self.grounds.iter().all(on) && on(&wash) && readable(on_brand, brand)
        };
        let mut brand = wished;
        while !stands(brand.rgb()) && within(brand.lightness) {
            brand.lightness += self.step;
        }
        let deep = Oklch {
            lightness: brand.lightness + self.deeper,
            chroma: brand.chroma * 0.85,
            ..brand
        };
        // The color itself where it can stay, and not what rounding makes of it.
        let kept = brand == wished;
        let brand = if kept { color } else { brand.rgb() };
        BrandColors { brand, deep: deep.rgb(), wash, on_brand }
    }
}

/// The stylesheet that comes after the others where the brand has a color of its own.
pub(super) fn style(color: Rgb) -> String {
    let [light, dark] = brand_colors(color).map(|colors| colors.declarations());
    format!(
        "@layer base{{:root{{{light}}}\
        @media (prefers-color-scheme:dark){{:root:not([data-theme=\"light\"]){{{dark}}}}}\
        [data-theme=\"dark\"]{{{dark}}}}}\n"
    )
}

impl BrandColors {
    fn declarations(&self) -> String {
        let Self { brand, deep, wash, on_brand } = *self;
        [("brand", brand), ("brand-deep", deep), ("brand-wash", wash), ("on-brand", on_brand)]
            .map(|(name, color)| format!("--palette-{name}:{};", color.hex()))
            .concat()
    }
}

fn readable(ink: Rgb, ground: Rgb) -> bool {
    ink.contrast(ground) >= TEXT
}

fn within(lightness: f64) -> bool {
    (0.0..=1.0).contains(&lightness)
}

/// These colors of a block of `tokens.css`, which has one a line.
fn colors(block: &str, names: &[&str]) -> Vec<Rgb> {
    let color = |name: &&str| {
        let start = format!("--palette-{name}: oklch(");
        let line = block.lines().find_map(|line| line.trim().strip_prefix(&start));
        let mut numbers = line?.split(')').next()?.split(' ').map(|number| number.parse().ok());
        let mut next = || numbers.next().flatten();
        Some(Oklch { lightness: next()?, chroma: next()?, hue: next()? }.rgb())
    };
    names.iter().map(|name| color(name).expect("tokens.css names this color")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_color_a_brand_has_everybody_can_read_it() {
        let steps = [0, 51, 102, 153, 204, 255];
        for red in steps {
            for green in steps {
                for blue in steps {
                    let color = Rgb([red, green, blue]);
                    for (theme, colors) in [&*LIGHT, &*DARK].into_iter().zip(brand_colors(color)) {
                        let BrandColors { brand, deep, wash, on_brand } = colors;
                        let on = |ink: Rgb, ground: Rgb| {
                            let contrast = ink.contrast(ground);
                            assert!(contrast >= 4.5, "{}: {contrast:.2} {colors:?}", color.hex());
                        };
                        theme.grounds.iter().for_each(|ground| on(brand, *ground));
                        theme.grounds.iter().take(3).for_each(|ground| on(deep, *ground));
                        theme.inks.iter().for_each(|ink| on(*ink, wash));
                        on(brand, wash);
                        on(on_brand, brand);
                        on(on_brand, deep);
                    }
                }
            }
        }
    }

    #[test]
    fn a_color_that_can_be_read_stays_as_it_is() {
        let color = Rgb::read("#105f74").expect("it is one");
        let [light, dark] = brand_colors(color);
        assert_eq!(light.brand, color);
        assert_ne!(dark.brand, color, "too dark for a dark page");
    }
}
