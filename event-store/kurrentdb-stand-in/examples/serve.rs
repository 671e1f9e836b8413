//! A stand-in to try things against by hand: prints its connection string and serves until it is
//! killed. Nothing outlives it.
#![expect(clippy::print_stdout, reason = "it is what the program says")]

use kurrentdb_stand_in::StandIn;

fn main() {
    let server = StandIn::start();
    println!("{}", server.connection_string());
    loop {
        std::thread::park();
    }
}
