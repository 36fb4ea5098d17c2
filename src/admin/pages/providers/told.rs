use crate::{oidc::Fault, outbound::Unreached, web::Shell};

/// What is wrong with a provider, and what to do about it.
pub(super) fn words(shell: &Shell, fault: &Fault) -> String {
    let unreached = match fault {
        Fault::Unreached(unreached) => unreached,
        Fault::Description(said) | Fault::Code(said) | Fault::Claims(said) => {
            let said: String = said.chars().take(300).collect();
            return shell.t1("provider-test-description", "said", said);
        }
    };
    shell.t(match unreached {
        Unreached::Address => "provider-test-address",
        Unreached::Plain => "provider-test-plain",
        Unreached::Name => "provider-test-name",
        Unreached::Private => "provider-test-private",
        Unreached::Silent => "provider-test-silent",
        Unreached::Certificate => "provider-test-certificate",
        Unreached::Slow => "provider-test-slow",
        Unreached::TooLong => "provider-test-too-long",
        Unreached::Garbled => "provider-test-garbled",
        Unreached::Busy => "provider-test-busy",
    })
}
