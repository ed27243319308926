/*
 * The official browser clients, which the server finds on the class path or, if a module requires this one, on the
 * module path. The module is open because its contents are resources only.
 */
open module io.everwire.clientfiles {}
