import CSQLite

/// An open SQLite file. For one task at a time.
///
/// All calls into SQLite's C interface are in this file. Its pointers stay inside these two types, and no statement
/// outlives its database, which it holds on to.
@safe
final class Database {
    fileprivate let handle: OpaquePointer
    private let name: String

    /// Opens the file at `path`, or makes it.
    init(_ path: String) throws(ReportError) {
        var handle: OpaquePointer?
        // The pointer is SQLite's, and is closed with this object.
        let code = unsafe sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
        guard code == SQLITE_OK, let handle = unsafe handle else {
            let reason = unsafe String(cString: sqlite3_errstr(code))
            // A failed open gives a handle, too, unless there was no memory for one.
            unsafe sqlite3_close_v2(handle)
            throw .cannotOpen(name: path, reason: reason)
        }
        unsafe self.handle = handle
        name = path
        // Somebody who reads the file for a moment is waited for.
        unsafe sqlite3_busy_timeout(handle, 10_000)
    }

    // Closes the pointer that `init` opened; statements are gone by now, since each holds on to its database.
    deinit { unsafe sqlite3_close_v2(handle) }

    /// Runs statements that give no rows, or whose rows are of no interest.
    func run(_ statements: String) throws(ReportError) {
        // A C string lives as long as the call.
        guard unsafe sqlite3_exec(handle, statements, nil, nil, nil) == SQLITE_OK else { throw failure }
    }

    /// Makes a statement ready to be run many times.
    func prepare(_ statement: String) throws(ReportError) -> Statement {
        try Statement(statement, in: self)
    }

    /// What SQLite says of the call that failed last.
    fileprivate var failure: ReportError {
        // The text is SQLite's, and is copied at once.
        .cannotWrite(name: name, reason: unsafe String(cString: sqlite3_errmsg(handle)))
    }
}

/// A statement of a database. Values are bound from 1 on; those that are not bound are NULL.
@safe
final class Statement {
    private let handle: OpaquePointer
    private let database: Database

    fileprivate init(_ text: String, in database: Database) throws(ReportError) {
        var handle: OpaquePointer?
        // The pointer is SQLite's, and is finalized with this object.
        guard unsafe sqlite3_prepare_v2(database.handle, text, -1, &handle, nil) == SQLITE_OK,
            let handle = unsafe handle
        else { throw database.failure }
        unsafe self.handle = handle
        self.database = database
    }

    // Ends what `init` made.
    deinit { unsafe sqlite3_finalize(handle) }

    func bind(_ value: Int64, at index: Int) {
        // An index beyond the statement's values is an error of SQLite's, not an access.
        unsafe sqlite3_bind_int64(handle, Int32(index), value)
    }

    func bind(_ value: Double, at index: Int) {
        // As above.
        unsafe sqlite3_bind_double(handle, Int32(index), value)
    }

    func bind(_ text: Span<UInt8>, at index: Int) {
        unsafe text.withUnsafeBufferPointer { octets in
            // SQLITE_TRANSIENT, a cast that C's macro makes and Swift does not see: SQLite copies the text at once.
            let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            // An empty text may have no address, and NULL is something else.
            unsafe octets.withMemoryRebound(to: CChar.self) { characters in
                _ = unsafe sqlite3_bind_text(
                    handle, Int32(index), characters.baseAddress, Int32(octets.count), transient)
            }
        }
    }

    func bind(_ text: String, at index: Int) {
        bind(text.utf8.span, at: index)
    }

    /// Runs the statement to its end and makes it ready for the next run.
    func run() throws(ReportError) {
        while try step() {}
    }

    /// Goes to the next row; false behind the last one, and then the statement is ready for the next run.
    func step() throws(ReportError) -> Bool {
        // The handle is this statement's own.
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            unsafe sqlite3_reset(handle)
            unsafe sqlite3_clear_bindings(handle)
            return false
        default:
            let failure = database.failure
            unsafe sqlite3_reset(handle)
            throw failure
        }
    }

    /// A whole number of the row, from column 0; 0 where it is none.
    func integer(_ column: Int) -> Int64 {
        // A column that the row does not have is NULL to SQLite.
        unsafe sqlite3_column_int64(handle, Int32(column))
    }

    /// A text of the row, from column 0; empty where it is none.
    func text(_ column: Int) -> String {
        // The text is SQLite's until the next step, and is copied at once.
        guard let start = unsafe sqlite3_column_text(handle, Int32(column)) else { return "" }
        let count = unsafe Int(sqlite3_column_bytes(handle, Int32(column)))
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
