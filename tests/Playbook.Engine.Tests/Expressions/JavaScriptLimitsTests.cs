using System.Diagnostics;
using Playbook.Engine.Expressions;

namespace Playbook.Engine.Tests.Expressions;

public sealed class JavaScriptLimitsTests
{
    private readonly ExpressionEvaluator evaluator = new();

    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("for (;;);")]
    [InlineData("do {} while (true)")]
    [InlineData("let i = 0; while (true) i++;")]
    [InlineData("function f() { return f(); } f()")]
    [InlineData("const f = () => f(); f()")]
    [InlineData("class A { constructor() { new A(); } } new A()")]
    [InlineData("const o = { get x() { return this.x; } }; o.x")]
    [InlineData("const o = { toString() { return '' + this; } }; '' + o")]
    [InlineData("const p = new Proxy({}, { get(t, k, r) { return r[k]; } }); p.x")]
    [InlineData("let s = 'x'; while (true) s += s;")]
    [InlineData("'x'.repeat(500000000).length")]
    [InlineData("'x'.padEnd(1000000000).length")]
    [InlineData("'x'.padEnd(500000000, 'abc')")]
    [InlineData("new Array(1000000000).fill(0)")]
    [InlineData("Array.from({ length: 1000000000 })")]
    [InlineData("Array.from({ length: 100000000 }, (_, i) => i).length")]
    [InlineData("const a = []; while (true) a.push(new Array(1000));")]
    [InlineData("new ArrayBuffer(4000000000)")]
    [InlineData("new Float64Array(400000000).length")]
    [InlineData("2n ** 100000000n")]
    [InlineData("let b = 2n; while (true) b = b * b;")]
    [InlineData("1n << 1000000000n")]
    [InlineData("/(a+)+$/.test('a'.repeat(40) + '!')")]
    [InlineData("new RegExp('(a|aa)+$').test('a'.repeat(60) + '!')")]
    [InlineData("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.replace(/(a*)*b/, '')")]
    [InlineData("[].concat(...Array.from({ length: 1000 }, () => new Array(100000).fill(1))).length")]
    [InlineData("const a = new Array(900000).fill(0); a.sort(() => { while (true) {} })")]
    [InlineData("({ get x() { while (true) {} } })")]
    [InlineData("'x'['rep' + 'eat'](500000000).length")]
    [InlineData("let s = 'x'; for (let i = 0; i < 22; i++) s += s; const a = []; for (let i = 0; i < 100; i++) a.push(s); ('' + a).length")]
    [InlineData("let s = 'x'; for (let i = 0; i < 22; i++) s += s; const a = []; for (let i = 0; i < 100; i++) a.push(s); JSON.stringify(a).length")]
    [InlineData("let s = 'x'; for (let i = 0; i < 22; i++) s += s; s.match(/x/g).length")]
    [InlineData("let s = 'x'; for (let i = 0; i < 22; i++) s += s; s.replace(/x/g, s).length")]
    [InlineData("let a = ['x']; for (let i = 0; i < 30; i++) a = [a, a]; JSON.stringify(a).length")]
    [InlineData("let a = ['x']; for (let i = 0; i < 30; i++) a = [a, a]; ('' + a).length")]
    [InlineData("let a = ['x']; for (let i = 0; i < 30; i++) a = [a, a]; a.flat(40).length")]
    [InlineData("let a = ['x']; for (let i = 0; i < 30; i++) a = [a, a]; toJson(a)")]
    [InlineData("let b = BigInt(2); while (true) b = b * b;")]
    [InlineData("let b = new Date(0).toTemporalInstant().epochNanoseconds; while (true) b = b * b;")]
    [InlineData("const a = []; a.push(a); a")]
    [InlineData("let a = []; for (let i = 0; i < 200000; i++) a = [a]; a")]
    [InlineData("let a = []; for (let i = 0; i < 200000; i++) a = [a]; JSON.stringify(a)")]
    [InlineData("let a = []; for (let i = 0; i < 200000; i++) a = [a]; toJson(a)")]
    [InlineData("let a = []; for (let i = 0; i < 200000; i++) a = [a]; '' + a")]
    [InlineData("let a = []; for (let i = 0; i < 200000; i++) a = [a]; a.flat(Infinity)")]
    [InlineData("let f = () => 1; for (let i = 0; i < 200000; i++) f = f.bind(null); f()")]
    [InlineData("let p = {}; for (let i = 0; i < 200000; i++) p = new Proxy(p, {}); p.x")]
    [InlineData("let p = {}; for (let i = 0; i < 200000; i++) p = Object.create(p); p.x.y")]
    [InlineData("JSON.parse('['.repeat(100000) + ']'.repeat(100000))")]
    [InlineData("eval('('.repeat(50000) + '1' + ')'.repeat(50000))")]
    [InlineData("new Function('return ' + '!'.repeat(90000) + '1')()")]
    [InlineData("eval(Array.from({ length: 20000 }, () => '1').join('+')) && eval('while(true){}')")]
    [InlineData("new Promise(() => {})")]
    [InlineData("(async () => { while (true) await null; })()")]
    [InlineData("function* g() { while (true) yield 1; } [...g()]")]
    [InlineData("try { while (true) {} } catch { 1 } finally { while (true) {} }")]
    [InlineData("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000) || await1")]
    [InlineData("new RegExp('('.repeat(20000) + ')'.repeat(20000)).test('a') && never")]
    [InlineData("'a'.repeat(100000).split('').map(x => 'b'.repeat(10000)).join('')")]
    [InlineData("'a'.repeat(100000).replaceAll('a', 'b'.repeat(100000)).length && never")]
    [InlineData("'a'.repeat(10000000).toUpperCase().normalize('NFD').localeCompare('b'.repeat(10000000)) && never")]
    [InlineData("(1.5).toFixed(100) && 'x'.repeat(2 ** 30)")]
    [InlineData("new Array(10000000).join('abc')")]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')")]
    [InlineData("importNamespace('System.IO')")]
    [InlineData("TimeSpan.GetType().Assembly.FullName.length")]
    [InlineData("TimeSpan.FromHours(1).GetType().Assembly.FullName.length")]
    [InlineData("import('fs')")]
    public void A_script_that_would_run_amok_is_stopped_with_a_reason(string script)
    {
        var watch = Stopwatch.StartNew();
        var stopped = Assert.Throws<ExpressionException>(() => evaluator.Evaluate(new Expression("JavaScript", script), new FakeScope(), "Object"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{watch.ElapsedMilliseconds} ms: {stopped.Message}");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
        Assert.NotEmpty(stopped.Message);
    }
}
