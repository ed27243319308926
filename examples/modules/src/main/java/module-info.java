// docs: modules
/** A modular application with a server. */
module com.example.hello {
    requires io.everwire.server;

    // For pages that load /socket.io/socket.io.js. The host and the codec are found without a line here, as services.
    requires io.everwire.clientfiles;

    // Jackson reads and writes the records of this package.
    opens com.example.hello to
            tools.jackson.databind;
}
// docs: end
