using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Playbook.Server.Pages;

namespace Playbook.Server.Tests.Pages;

/// <summary>The texts of the pages as the server has them: in the language of the thread.</summary>
internal static class PageTexts
{
    public static IStringLocalizer<Texts> L { get; } = new StringLocalizer<Texts>(new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));
}
